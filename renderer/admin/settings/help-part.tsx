// The guide's troubleshooting table: each problem, whether it is there, what it rests on, and the button that mends it.
import { Button } from "@mantine/core";
import { type Problem as Found, problemsSchema } from "../../../shared/console/problems.schema.ts";
import { Empty, Loaded } from "../kit/load-state.tsx";
import { Panel } from "../kit/panel.tsx";
import { Said } from "../kit/said.tsx";
import { StateBadge, type Tone } from "../kit/state-badge.tsx";
import { useRead } from "../kit/use-read.ts";
import { When } from "../kit/when.tsx";
import { storyRoute } from "../outreach/story-route.ts";
import { useTenant } from "../shell/tenant.tsx";
import { HELP, SETTINGS } from "../texts/settings.ts";

const TONES = { found: "bad", ok: "ok", unknown: "none" } as const satisfies Readonly<
  Record<Found["state"], Tone>
>;

export function HelpPart() {
  const { tenant } = useTenant();
  const problems = useRead("/problems", problemsSchema, { query: { tenant }, everyMs: 20_000 });
  return (
    <Loaded of={problems} lines={9}>
      {({ problems: all }) =>
        all.length === 0 ? (
          <Empty title={HELP.none} text={HELP.noneText}>
            <Button component="a" href="#/setup" size="xs">
              {SETTINGS.setUp}
            </Button>
          </Empty>
        ) : (
          <>
            <p className="quiet">{HELP.note}</p>
            {[...new Set(all.map((one) => one.tenant))].map((slug) => (
              <Panel key={slug} title={HELP.table(slug)}>
                <ul className="lines">
                  {all
                    .filter((one) => one.tenant === slug)
                    .map((one) => (
                      <ProblemRow key={one.id} row={one} />
                    ))}
                </ul>
              </Panel>
            ))}
          </>
        )
      }
    </Loaded>
  );
}

function ProblemRow({ row }: { readonly row: Found }) {
  return (
    <li className="line problem-row">
      <span className="problem-state">
        <StateBadge tone={TONES[row.state]} word={HELP.states[row.state]} />
      </span>
      <div>
        <h3>{row.problem}</h3>
        <p dir="auto">
          <Said>{row.sentence}</Said>
        </p>
        {row.remedy === null ? null : (
          <p dir="auto">
            <b>{row.remedy}</b>
          </p>
        )}
        <EvidenceLine evidence={row.evidence} />
      </div>
      {row.action === null ? null : (
        <Button
          size="xs"
          component="a"
          variant={row.state === "found" ? "filled" : "default"}
          href={`#${row.action.to}`}
        >
          {row.action.label}
        </Button>
      )}
    </li>
  );
}

function EvidenceLine({ evidence }: { readonly evidence: Found["evidence"] }) {
  if (evidence === null) return null;
  const { engagement_id: outreach, journal_seq: entry, at } = evidence;
  const to =
    outreach !== null ? storyRoute({ engagement_id: outreach }) : entry !== null ? `/journal/${entry}` : null;
  return (
    <p className="quiet small">
      {to === null ? HELP.evidence : <a href={`#${to}`}>{HELP.evidence}</a>}
      {at === null ? null : (
        <>
          {" · "}
          <When at={at} />
        </>
      )}
    </p>
  );
}
