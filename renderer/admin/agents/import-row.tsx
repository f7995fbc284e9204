// One person of a Follow Up Boss account, to be picked: phone as it will be stored, and what speaks against them.
import { Checkbox } from "@mantine/core";
import type { CrmUserRow } from "../../../shared/console/crm-users.schema.ts";
import { sayContact } from "../../ui/say-contact.ts";
import { useCanChange } from "../kit/can-change.tsx";
import { ToneShape } from "../kit/state-badge.tsx";
import { AGENTS, IMPORT } from "../texts/agents.ts";

/** Whoever is an agent already cannot be taken over once more. */
export const mayTake = ({ agent }: CrmUserRow): boolean => agent === null;

export function ImportRow(props: {
  readonly row: CrmUserRow;
  readonly picked: boolean;
  readonly onPick: (on: boolean) => void;
}) {
  const { row } = props;
  const can = useCanChange();
  const phone = row.phones.find(({ e164 }) => e164 !== null)?.e164 ?? null;
  return (
    <li className="line">
      <span>
        <Checkbox
          aria-label={IMPORT.pick(row.name)}
          checked={props.picked && mayTake(row)}
          disabled={!can || !mayTake(row)}
          onChange={(event) => props.onPick(event.currentTarget.checked)}
        />
      </span>
      <div>
        <p dir="auto">
          <strong>{row.name}</strong>{" "}
          <span className="quiet">{[row.role, row.email].filter(Boolean).join(", ")}</span>
        </p>
        <p className="small">
          {phone === null ? (
            <span className="quiet">{IMPORT.noPhone}</span>
          ) : (
            <>
              <bdi className="tabular">{sayContact(phone)}</bdi>{" "}
              <span className="quiet">{IMPORT.stored(phone)}</span>
            </>
          )}
        </p>
        {row.agent === null ? null : (
          <p className="small">
            <ToneShape tone="ok" /> {IMPORT.already(row.agent.name, AGENTS.rules[row.agent.matched_by])}
          </p>
        )}
        {row.problems.map(({ kind, sentence }) => (
          <p key={`${kind} ${sentence}`} className="small tone-wait">
            <ToneShape tone="wait" /> {sentence}
          </p>
        ))}
      </div>
    </li>
  );
}
