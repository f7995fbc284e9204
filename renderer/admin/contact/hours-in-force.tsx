// The contact hours that hold now: whose they are, what is wrong with the file, each rule with its source, and the button
// that puts them into a file for editing.
import { useState } from "react";
import { type ContactHours, contactHoursSchema } from "../../../shared/console/contact-rules.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { CopyButton } from "../kit/copy-button.tsx";
import { Facts } from "../kit/facts.tsx";
import { Loaded } from "../kit/load-state.tsx";
import { noticeDone } from "../kit/notices.tsx";
import { Panel } from "../kit/panel.tsx";
import { Failure, Problem } from "../kit/problem.tsx";
import { useChange, useRead } from "../kit/use-read.ts";
import { RULES } from "../texts/contact.ts";

const PATH = "/contact-hours";
const EVERY_MS = 20_000;
/** The gateway looks for a changed file once a second. */
const SOON_MS = 1_200;

export function HoursInForce() {
  const [written, setWritten] = useState(false);
  const hours = useRead(PATH, contactHoursSchema, { everyMs: written ? SOON_MS : EVERY_MS });
  if (written && hours.data?.origin === "file") setWritten(false);
  return (
    <Panel title={RULES.inForce}>
      <Loaded of={hours} lines={6}>
        {(data) => <Hours hours={data} onWritten={() => setWritten(true)} />}
      </Loaded>
    </Panel>
  );
}

function Hours({ hours, onWritten }: { readonly hours: ContactHours; readonly onWritten: () => void }) {
  const toFile = useChange(contactHoursSchema, [PATH]);
  const act = (): void =>
    toFile.mutate(
      { path: `${PATH}/file`, body: {} },
      {
        onSuccess: () => {
          noticeDone(RULES.toFileDone);
          onWritten();
        },
      },
    );
  return (
    <div className="stack">
      <p>{RULES.inForceText}</p>
      {hours.problem === null ? null : <Problem cause={hours.problem} remedy={RULES.problemRemedy} />}
      <Facts
        rows={[
          [RULES.whose, RULES.origins[hours.origin]],
          [
            hours.origin === "file" || hours.problem !== null ? RULES.file : RULES.wouldBe,
            <span key="f" className="id">
              <code dir="ltr">{hours.file}</code>
              <CopyButton value={hours.file} what={RULES.file} />
            </span>,
          ],
        ]}
      />
      <p className="quiet">{hours.origin === "file" ? RULES.fileNote : RULES.builtInNote}</p>
      {hours.origin === "built-in" && hours.problem === null ? (
        <ChangeButton className="wraps" size="xs" variant="default" loading={toFile.isPending} onClick={act}>
          {RULES.toFile}
        </ChangeButton>
      ) : null}
      {toFile.error === null ? null : <Failure error={toFile.error} />}
      <RuleTable rules={hours.rules} />
    </div>
  );
}

function RuleTable({ rules }: Pick<ContactHours, "rules">) {
  const { regions, window: between, source, asOf, status } = RULES.columns;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <div className="grid-scroll hours-rules fill" tabIndex={0}>
      <table className="grid" aria-label={RULES.table}>
        <thead>
          <tr>
            {[regions, between, source, asOf, status].map((word) => (
              <th key={word} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={`${rule.regions} ${rule.window}`}>
              <th scope="row">{rule.regions}</th>
              <td className="tabular">{rule.window}</td>
              <td className="quiet small">{rule.source}</td>
              <td className="tabular">{rule.as_of}</td>
              <td>{RULES.statuses[rule.status] ?? rule.status}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
