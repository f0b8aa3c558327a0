import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist", "src/shared/api/schema.ts", "*.cjs"] },
  ...tseslint.configs.strict,
  hooks.configs.flat.recommended,
  {
    files: ["src/**/*.{ts,tsx}"],
    rules: { "max-lines": ["error", 300] },
  },
);
