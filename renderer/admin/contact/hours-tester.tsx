// What the contact hours say of a number at a moment, asked for and told in words.
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { type HoursCheck, hoursCheckSchema } from "../../../shared/console/contact-rules.schema.ts";
import { CHANNELS } from "../../../shared/values.ts";
import { formatTime } from "../../ui/viewer.ts";
import { CHANNEL_NAMES } from "../../ui/wording.ts";
import type { Query } from "../kit/api.ts";
import { fieldErrors } from "../kit/field-errors.ts";
import { toIso } from "../kit/local-time.ts";
import { Panel } from "../kit/panel.tsx";
import { Phone } from "../kit/phone.tsx";
import { Failure } from "../kit/problem.tsx";
import { StateBadge } from "../kit/state-badge.tsx";
import { useRead } from "../kit/use-read.ts";
import { When } from "../kit/when.tsx";
import { sentence } from "../settings/use-settings-form.ts";
import { RULES } from "../texts/contact.ts";

/** E-mail has no hours. */
const CHANNEL_OPTIONS = CHANNELS.filter((channel) => channel !== "email").map((value) => ({
  value,
  label: CHANNEL_NAMES[value],
}));

/** What the clocks of a zone show at a moment: "Tue 8:05 pm". */
const localTime = (timeZone: string, at: string): string =>
  formatTime(Date.parse(at), { weekday: "short", hour: "numeric", minute: "2-digit" }, { timeZone });

export function HoursTester({ tenant }: { readonly tenant: string }) {
  const [number, setNumber] = useState("");
  const [channel, setChannel] = useState<string>("phone");
  const [moment, setMoment] = useState("");
  const [asked, setAsked] = useState<(Query & { readonly at: string }) | null>(null);
  const check = useRead("/contact-hours/check", hoursCheckSchema, {
    query: asked ?? {},
    enabled: asked !== null,
  });
  const wrong = fieldErrors(check.error).get("number");
  return (
    <Panel title={RULES.tester}>
      <form
        className="stack-form"
        aria-label={RULES.tester}
        onSubmit={(event) => {
          event.preventDefault();
          if (number.trim() === "") return;
          const at = toIso(moment) ?? new Date().toISOString();
          setAsked({ tenant, number: number.trim(), channel, at });
        }}
      >
        <p className="quiet">{RULES.testerNote}</p>
        <div className="field-grid">
          <TextInput
            label={RULES.number}
            value={number}
            autoComplete="off"
            dir="ltr"
            onChange={(event) => setNumber(event.currentTarget.value)}
            {...(wrong === undefined ? {} : { error: sentence(wrong) })}
          />
          <NativeSelect
            label={RULES.channel}
            data={CHANNEL_OPTIONS}
            value={channel}
            onChange={(event) => setChannel(event.currentTarget.value)}
          />
          <TextInput
            type="datetime-local"
            label={RULES.moment}
            description={RULES.momentHint}
            inputWrapperOrder={["label", "input", "description", "error"]}
            value={moment}
            onChange={(event) => setMoment(event.currentTarget.value)}
          />
        </div>
        <div>
          <Button type="submit" size="xs" variant="default" loading={check.isFetching}>
            {RULES.check}
          </Button>
        </div>
        <div role="status">
          {check.data === undefined || check.isFetching ? null : (
            <Answer check={check.data} at={asked?.at ?? ""} />
          )}
        </div>
        {check.error === null || wrong !== undefined ? null : <Failure error={check.error} />}
      </form>
    </Panel>
  );
}

function Answer({ check, at }: { readonly check: HoursCheck; readonly at: string }) {
  return (
    <div className={`tested tone-box-${check.open ? "ok" : "wait"}`}>
      <p className="row">
        <StateBadge tone={check.open ? "ok" : "wait"} word={check.open ? RULES.open : RULES.closed} plain />
        <Phone value={check.contact} />
      </p>
      <p dir="auto">{check.sentence}</p>
      {check.until === null ? null : (
        <p>
          {RULES.until}: <When at={check.until} exact />
        </p>
      )}
      {check.zones.length === 0 ? null : (
        <table className="grid" aria-label={RULES.zones}>
          <thead>
            <tr>
              <th scope="col">{RULES.zone}</th>
              <th scope="col">{RULES.local}</th>
            </tr>
          </thead>
          <tbody>
            {check.zones.map((zone) => (
              <tr key={zone}>
                <th scope="row">{zone.replaceAll("_", " ")}</th>
                <td className="tabular">{localTime(zone, at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
