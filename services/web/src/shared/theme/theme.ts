import { Card, createTheme, type CSSVariablesResolver } from "@mantine/core";

import { palettes, variablesOf } from "./colors";

/** How the page looks: Mantine's components with the page's palettes and defaults. */
export const theme = createTheme({
  colors: palettes,
  primaryColor: "brand",
  // Both shades keep WCAG AA contrast for white text and for text on the page.
  primaryShade: { light: 8, dark: 8 },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  defaultRadius: "md",
  respectReducedMotion: true,
  components: {
    Card: Card.extend({ defaultProps: { withBorder: true, padding: "md" } }),
  },
});

/** The page's colours as CSS variables, for either scheme. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: variablesOf("light"),
  dark: variablesOf("dark"),
});
