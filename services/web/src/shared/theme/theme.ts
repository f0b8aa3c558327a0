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

/** Secondary text, and warnings, with WCAG AA contrast on cards, on the page behind them and when tinted. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#495057",
    "--mantine-color-placeholder": "#5c636a",
    "--mantine-color-yellow-light": "#fff6d6",
    "--mantine-color-yellow-light-color": "#664300",
  },
  dark: {
    "--mantine-color-dimmed": "#b8b8b8",
    "--mantine-color-placeholder": "#a6a6a6",
    "--mantine-color-yellow-light": "#3b2f0e",
    "--mantine-color-yellow-light-color": "#ffd866",
  },
});
