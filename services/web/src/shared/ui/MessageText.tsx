import { Text } from "@mantine/core";
import Linkify from "linkify-react";

import classes from "./MessageText.module.css";

const OPTIONS = {
  target: "_blank",
  rel: "noopener noreferrer nofollow",
  // Only addresses that a browser opens as a page become links; anything else stays text.
  validate: { url: (value: string) => /^https?:\/\//i.test(value), email: false },
  defaultProtocol: "https",
};

/** Text people wrote: shown as written, line by line, isolated from what surrounds it; links can be followed. */
export function MessageText({ text }: { text: string }) {
  return (
    <Text component="div" className={classes.text} dir="auto">
      <bdi>
        <Linkify options={OPTIONS}>{text}</Linkify>
      </bdi>
    </Text>
  );
}
