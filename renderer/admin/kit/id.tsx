// An id in monospace, copyable.
import { KIT } from "../texts/kit.ts";
import { CopyButton } from "./copy-button.tsx";

/** `what` names it for the ear: "outreach id". */
export function Id({
  value,
  what,
  copy = true,
}: {
  readonly value: string | null;
  readonly what: string;
  readonly copy?: boolean;
}) {
  if (value === null || value === "") return <span className="quiet">{KIT.none}</span>;
  return (
    <span className="id">
      <code>{value}</code>
      {copy ? <CopyButton value={value} what={what} /> : null}
    </span>
  );
}
