// Puts a text on the clipboard, also inside an iframe that may not use the clipboard API.
import { element } from "./build-element.ts";

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = element("textarea", { readonly: true, class: "off-screen", "aria-hidden": "true" });
    field.value = text;
    document.body.append(field);
    field.select();
    try {
      // Deprecated, yet the only way left where the embedding page withholds the clipboard permission.
      return document.execCommand("copy");
    } finally {
      field.remove();
    }
  }
}

/** A button that copies `text` and says so in its own words for two seconds; `label` names what is copied. */
export function copyButton(text: string, label: string): HTMLButtonElement {
  const words = element("span", { "aria-live": "polite" }, label);
  const button = element("button", { type: "button", class: "small" }, words);
  button.addEventListener("click", () => {
    void copyText(text).then((copied) => {
      button.focus();
      words.textContent = copied ? "Copied" : "Select the text and copy it by hand";
      setTimeout(() => {
        words.textContent = label;
      }, 2000);
    });
  });
  return button;
}
