import { Card, createTheme, type CSSVariablesResolver } from "@mantine/core";

export const theme = createTheme({
  primaryColor: "blue",
  // Both shades keep WCAG AA contrast for white text and for text on the page.
  primaryShade: { light: 8, dark: 8 },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  defaultRadius: "md",
  respectReducedMotion: true,
  components: {
    Card: Card.extend({ defaultProps: { withBorder: true, padding: "md" } }),
  },
});

/** Secondary text with WCAG AA contrast on cards, on the page behind them and on tinted messages. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: { "--mantine-color-dimmed": "#495057", "--mantine-color-placeholder": "#5c636a" },
  dark: { "--mantine-color-dimmed": "#b8b8b8", "--mantine-color-placeholder": "#a6a6a6" },
});
