import { readdirSync } from "node:fs";

import { createNodeResolver, importX } from "eslint-plugin-import-x";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const root = import.meta.dirname;
const features = readdirSync(`${root}/src/features`);

/** app → features → shared, and no feature imports another. */
const layers = [
  {
    target: "src/shared",
    from: ["src/app", "src/features"],
    message: "What is shared knows neither the features nor the app.",
  },
  { target: "src/features", from: "src/app", message: "Features don't know the app that composes them." },
  ...features.map((feature) => ({
    target: `src/features/${feature}`,
    from: "src/features",
    except: [`./${feature}`],
    message: "No feature imports another: the app layer composes them, or it belongs to shared.",
  })),
];

const PALETTE = "dark|gray|red|pink|grape|violet|indigo|blue|cyan|teal|green|lime|yellow|orange|black|white";

/** One way to do each thing. */
const oneWay = [
  {
    selector:
      "Property[key.name='queryKey'] > ArrayExpression, Property[key.name='mutationKey'] > ArrayExpression",
    message: "Take the key from the feature's factory (keys.ts).",
  },
  {
    selector: "CallExpression[callee.property.name=/^[gs]etQuer(y|ies)Data$/] > ArrayExpression:first-child",
    message: "Take the key from the feature's factory (keys.ts).",
  },
  {
    selector: "Literal[value=/^idempotency-key$/i]",
    message: "Send it as shared/api/idempotency.ts does.",
  },
  {
    selector: "Literal[value=/^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i]",
    message: "Colours come from shared/theme.",
  },
  {
    selector: "Literal[value=/\\b(rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\\(/i]",
    message: "Colours come from shared/theme.",
  },
  {
    selector: `JSXAttribute[name.name=/^(c|bg|bd|color|.*Color|fill|stroke)$/] Literal[value=/^(${PALETTE})(\\.\\d)?$/]`,
    message: "Name what the colour means, as shared/theme does.",
  },
];

export default tseslint.config(
  { ignores: ["dist", "src/shared/api/schema.ts", "*.cjs"] },
  ...tseslint.configs.strict,
  hooks.configs.flat.recommended,
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: { "import-x": importX },
    settings: {
      "import-x/extensions": [".ts", ".tsx"],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts", ".tsx"] },
      "import-x/resolver-next": [
        createNodeResolver({
          extensions: [".ts", ".tsx", ".json", ".css"],
          alias: { "@": [`${root}/src`] },
        }),
      ],
    },
    rules: {
      "max-lines": ["error", 300],
      "import-x/no-restricted-paths": ["error", { basePath: root, zones: layers }],
      "import-x/no-cycle": "error",
      "import-x/no-unresolved": ["error", { ignore: ["\\.module\\.css$"] }],
      "import-x/order": [
        "error",
        {
          groups: ["builtin", "external", "internal", ["parent", "sibling"]],
          pathGroups: [{ pattern: "@/**", group: "internal" }],
          alphabetize: { order: "asc", caseInsensitive: true },
          "newlines-between": "always",
        },
      ],
      "no-restricted-syntax": ["error", ...oneWay],
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    ignores: ["src/shared/api/*", "**/*.test.{ts,tsx}"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...["fetch", "XMLHttpRequest"].map((name) => ({
          name,
          message: "The API's client is shared/api/client.ts.",
        })),
      ],
    },
  },
  {
    files: ["src/shared/theme/*", "src/shared/api/idempotency*.ts", "**/*.test.{ts,tsx}"],
    rules: { "no-restricted-syntax": "off" },
  },
);
