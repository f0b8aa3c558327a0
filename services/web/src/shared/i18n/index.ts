import i18n from "i18next";
import { initReactI18next } from "react-i18next";

import en from "./en.json";
import es from "./es.json";

const KEY = "botmeni-language";

/** Spanish unless the person chose English here before. */
void i18n.use(initReactI18next).init({
  resources: { es: { translation: es }, en: { translation: en } },
  lng: localStorage.getItem(KEY) === "en" ? "en" : "es",
  fallbackLng: "es",
  interpolation: { escapeValue: false },
});
document.documentElement.lang = i18n.language;

type Language = "es" | "en";

/** Show the page in this language from now on, also when it is opened again. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language);
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
}

export default i18n;
