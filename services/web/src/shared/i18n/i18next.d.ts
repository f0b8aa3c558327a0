import "i18next";

import type es from "./es.json";

/** A key that stands in no text file fails the type check. */
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof es };
  }
}
