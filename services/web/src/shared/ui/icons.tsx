import type { ReactNode } from "react";

/** Line drawings of 24 by 24, in the colour of the text beside them; never the only sign of anything. */
const DRAWINGS = {
  tickets: <path d="M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12.5h5" />,
  history: <path d="M4 12a8 8 0 1 0 2.5-5.8M4 4v4h4M12 8v4.5l3 2" />,
  pending: <path d="M7 3h10M7 21h10M8 3v4l4 5-4 5v4M16 3v4l-4 5 4 5v4" />,
  test: <path d="M9 3h6M10 3v6l-5 9.5A1.7 1.7 0 0 0 6.5 21h11a1.7 1.7 0 0 0 1.5-2.5L14 9V3M7.5 15h9" />,
  notifications: <path d="M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4" />,
  plan: <path d="M4 20V10M10 20V4M16 20v-8M21 20H3" />,
  replies: <path d="M4 4h16v16H4zM8 9h8M8 13h8M8 17h4" />,
  send: <path d="M4 12l16-8-5 16-3.5-6.5zM11.5 13.5L20 4" />,
  picture: <path d="M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9.5h.01" />,
  back: <path d="M19 12H5M11 6l-6 6 6 6" />,
  plus: <path d="M12 5v14M5 12h14" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof DRAWINGS;

/** One of the drawings, as high as the text beside it needs. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      focusable="false"
    >
      {DRAWINGS[name]}
    </svg>
  );
}
