// A number or address as people write it: national form shown, E.164 on hover and on copy; names and addresses keep
// their own direction.
import { sayContact } from "../../ui/say-contact.ts";
import { KIT } from "../texts/kit.ts";
import { CopyButton } from "./copy-button.tsx";

/** @param value E.164 or an e-mail address; null shows a dash */
export function Phone({ value, copy = false }: { readonly value: string | null; readonly copy?: boolean }) {
  if (value === null || value === "") return <span className="quiet">{KIT.none}</span>;
  return (
    <span className="phone">
      <bdi className="tabular" title={value}>
        {sayContact(value)}
      </bdi>
      {copy ? <CopyButton value={value} what={value} /> : null}
    </span>
  );
}
