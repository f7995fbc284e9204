// A button that fetches the whole list and hands it to the browser as a file; where a frame may not save files, to copy.
import { element } from "../ui/build-element.ts";
import { copyButton } from "../ui/copy-text.ts";
import type { Answer } from "../ui/read-answer.ts";

/** Letters and digits of every script stay; the rest would trouble some file system. */
export const fileName = (name: string): string =>
  `${
    name
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-+|-+$/gu, "")
      .slice(0, 60) || "list"
  }.csv`;

function save(text: string, name: string): void {
  // The mark at the front makes spreadsheets read names of every script.
  const url = URL.createObjectURL(new Blob(["\uFEFF", text.replace(/^\uFEFF/, "")], { type: "text/csv" }));
  const link = element("a", { href: url, download: name, class: "off-screen", tabindex: -1 });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** `name` of the list becomes the file's. */
export function downloadButton(
  label: string,
  name: string,
  fetchCsv: () => Promise<Answer<string>>,
): HTMLElement {
  const said = element("div", { class: "note", role: "status" });
  const button = element("button", { type: "button", class: "small" }, label);
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    said.textContent = "Preparing…";
    void fetchCsv().then((answer) => {
      button.removeAttribute("aria-disabled");
      if ("failure" in answer) {
        said.textContent = answer.failure.message;
        return;
      }
      save(answer.value, fileName(name));
      said.replaceChildren(
        `Saved as ${fileName(name)}. If no file arrived: `,
        copyButton(answer.value, "Copy the list"),
      );
    });
  });
  return element("div", { class: "download" }, button, said);
}
