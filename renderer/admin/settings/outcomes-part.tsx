// What is written to Follow Up Boss as a call's outcome: the guide's table, and the brokerage's changes to it.
import { NativeSelect } from "@mantine/core";
import {
  FUB_CALL_OUTCOMES,
  type FubCallOutcome,
  OUTCOMES,
  type Outcome,
  STANDARD_OUTCOMES,
} from "../../../shared/values.ts";
import { sayOutcome } from "../../ui/wording.ts";
import { useCanChange } from "../kit/can-change.tsx";
import { Panel } from "../kit/panel.tsx";
import { OUTCOMES_TEXT } from "../texts/settings.ts";
import { ChooseBrokerage, NoBrokerage, useShownBrokerage } from "./brokerage-part.tsx";
import { tenantPlace } from "./settings-draft.ts";
import type { SettingsForm } from "./use-settings-form.ts";

type Mapping = Readonly<Partial<Record<Outcome, FubCallOutcome | null>>>;
const words = OUTCOMES_TEXT;
/** Values of the choice that are no label of Follow Up Boss. */
const [STANDARD, WITHOUT] = ["", "-"] as const;

const standardOf = (outcome: Outcome): FubCallOutcome | null => STANDARD_OUTCOMES[outcome] ?? null;
const sayLabel = (label: FubCallOutcome | null): string => label ?? words.without;

export function OutcomesPart({ form }: { readonly form: SettingsForm }) {
  const tenant = useShownBrokerage(form);
  if (tenant === null) return <NoBrokerage />;
  const place = tenantPlace(tenant, "outcome_mapping");
  const mapping = form.value(place) as Mapping;
  return (
    <>
      <ChooseBrokerage form={form} tenant={tenant} />
      <Panel title={words.title}>
        <p className="quiet">{words.note}</p>
        <table className="grid outcomes">
          <thead>
            <tr>
              {Object.values(words.columns).map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {OUTCOMES.map((outcome) => (
              <OutcomeRow
                key={outcome}
                outcome={outcome}
                mapping={mapping}
                saved={
                  form.view.tenants.find(({ domain_name }) => domain_name === tenant)?.outcome_mapping ?? {}
                }
                onChange={(next) => form.change(place, next)}
              />
            ))}
          </tbody>
        </table>
      </Panel>
    </>
  );
}

function OutcomeRow({
  outcome,
  mapping,
  saved,
  onChange,
}: {
  readonly outcome: Outcome;
  readonly mapping: Mapping;
  readonly saved: Mapping;
  readonly onChange: (mapping: Mapping) => void;
}) {
  const can = useCanChange();
  const standard = standardOf(outcome);
  const now = outcome in mapping ? (mapping[outcome] ?? null) : standard;
  const name = sayOutcome(outcome).word;
  const choose = (choice: string): void => {
    const { [outcome]: _before, ...others } = mapping;
    const label = FUB_CALL_OUTCOMES.find((one) => one === choice) ?? null;
    // What was saved is only overwritten by a save, never taken out, so the standard is then said in so many words.
    if (choice === STANDARD) onChange(outcome in saved ? { ...others, [outcome]: standard } : others);
    else onChange({ ...others, [outcome]: label });
  };
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="quiet">{sayLabel(standard)}</td>
      <td>
        <div className="row">
          <NativeSelect
            size="xs"
            aria-label={words.choose(name)}
            disabled={!can}
            value={now === standard ? STANDARD : (now ?? WITHOUT)}
            data={[
              { value: STANDARD, label: words.asStandard(sayLabel(standard)) },
              ...FUB_CALL_OUTCOMES.filter((label) => label !== standard).map((label) => ({
                value: label,
                label,
              })),
              ...(standard === null ? [] : [{ value: WITHOUT, label: words.without }]),
            ]}
            onChange={(event) => choose(event.currentTarget.value)}
          />
          {now === standard ? null : <span className="changed">{words.changed}</span>}
        </div>
      </td>
    </tr>
  );
}
