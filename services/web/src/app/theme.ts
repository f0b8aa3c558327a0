import { createTheme } from "@mantine/core";

export const theme = createTheme({
  primaryColor: "blue",
  // Both shades keep WCAG AA contrast for white text and for text on the page.
  primaryShade: { light: 8, dark: 8 },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  defaultRadius: "md",
  respectReducedMotion: true,
});
