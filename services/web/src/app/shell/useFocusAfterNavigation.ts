import { type RefObject, useLayoutEffect, useRef } from "react";
import { useLocation } from "react-router";

/**
 * Whoever goes on by keyboard or reader is taken to the new screen, not left where the old one was.
 * From "/" nobody went anywhere: the first screen comes by itself, maybe after the first keys were pressed.
 */
export function useFocusAfterNavigation(): RefObject<HTMLDivElement | null> {
  const content = useRef<HTMLDivElement>(null);
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useLayoutEffect(() => {
    const moved = shown.current !== pathname && shown.current !== "/";
    if (moved) content.current?.focus({ preventScroll: true });
    shown.current = pathname;
  }, [pathname]);
  return content;
}
