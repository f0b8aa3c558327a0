import { DEFAULT_THEME, type MantineColorsTuple } from "@mantine/core";

const { blue, gray, green, red, yellow } = DEFAULT_THEME.colors;

/** The palettes by what they mean: components name these, as in `color="danger"`. */
export const palettes = {
  brand: blue,
  danger: red,
  neutral: gray,
  success: green,
  warning: yellow,
} satisfies Record<string, MantineColorsTuple>;

type InBothSchemes = readonly [light: string, dark: string];

/**
 * Colours that stand in no palette, as CSS variables: style sheets use them as `var(--color-…)`. All of them keep
 * WCAG AA contrast: text on its background, and what is drawn on the page behind it.
 */
const VARIABLES: Record<`--${string}`, InBothSchemes> = {
  "--color-page": ["var(--mantine-color-gray-0)", "var(--mantine-color-dark-8)"],
  "--color-link": ["#0b4a80", "#a5d8ff"],
  "--color-unread-text": ["#000", "#fff"],
  "--color-unread-count": ["#c92a2a", "#ffc9c9"],
  "--color-unread-count-text": ["#fff", "#5c0f0f"],
  "--color-chosen-verdict": ["var(--mantine-color-brand-0)", "#12324d"],

  "--color-own-message": ["#dbeeff", "#12324d"],
  "--color-internal-note": ["#fff9db", "#3d3413"],
  "--color-internal-note-border": ["#946200", "#fcc419"],

  "--color-status-waiting": ["#fff3bf", "#5c4a00"],
  "--color-status-waiting-text": ["#5c4000", "#ffec99"],
  "--color-status-open": ["#d0ebff", "#0b3d66"],
  "--color-status-open-text": ["#0b4a80", "#d0ebff"],
  "--color-status-in-progress": ["#e5dbff", "#3b2a7a"],
  "--color-status-in-progress-text": ["#43319c", "#e5dbff"],
  "--color-status-answered": ["#d3f9d8", "#14471f"],
  "--color-status-answered-text": ["#1b5e2a", "#d3f9d8"],
  "--color-status-closed": ["#e9ecef", "#3b3b3b"],
  "--color-status-closed-text": ["#343a40", "#dee2e6"],

  "--color-correct": ["#2b8a3e", "#2b8a3e"],
  "--color-correct-glyph": ["#fff", "#fff"],
  "--color-improvable": ["#fcc419", "#fcc419"],
  "--color-improvable-edge": ["#946200", "#fcc419"],
  "--color-improvable-glyph": ["#3b2a00", "#3b2a00"],
  "--color-incorrect": ["#c92a2a", "#c92a2a"],
  "--color-incorrect-glyph": ["#fff", "#fff"],

  // Mantine's own for secondary text and warnings have too little contrast on cards, on the page and when tinted.
  "--mantine-color-dimmed": ["#495057", "#b8b8b8"],
  "--mantine-color-placeholder": ["#5c636a", "#a6a6a6"],
  "--mantine-color-warning-light": ["#fff6d6", "#3b2f0e"],
  "--mantine-color-warning-light-color": ["#664300", "#ffd866"],
};

/** The variables of one scheme. */
export function variablesOf(scheme: "light" | "dark"): Record<string, string> {
  const column = scheme === "light" ? 0 : 1;
  return Object.fromEntries(Object.entries(VARIABLES).map(([name, colours]) => [name, colours[column]]));
}
