// The seed's verify table: one row per check, one column per agent, each cell what was observed; the rest can be ticked.
import { Table } from "@mantine/core";
import type { GuideStep } from "../../../shared/console/guide.schema.ts";
import { Empty } from "../kit/load-state.tsx";
import { Panel } from "../kit/panel.tsx";
import { When } from "../kit/when.tsx";
import { SETUP } from "../texts/setup.ts";
import type { Agents, GuideSection } from "./guide-section.tsx";
import { Evidence, TickBox } from "./step-proof.tsx";
import { StepBadge } from "./step-state.tsx";

export function CheckTable(props: {
  readonly section: GuideSection;
  readonly agents: Agents;
  readonly slug: string;
}) {
  const { section, agents, slug } = props;
  const ids = [...new Set(section.steps.map(({ id }) => id))];
  const shared = section.steps.some(({ user_id }) => user_id === null);
  const columns = [...(shared ? [{ user_id: null, name: SETUP.brokerage }] : []), ...agents];
  if (ids.length === 0 || columns.length === 0) {
    return (
      <Panel title={section.title}>
        <Empty title={SETUP.noAgents} />
      </Panel>
    );
  }
  return (
    <Panel title={section.title} flush>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className="check-scroll" tabIndex={0} aria-label={SETUP.table(section.title)}>
        <Table verticalSpacing="sm" horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{SETUP.check}</Table.Th>
              {columns.map(({ user_id, name }) => (
                <Table.Th key={user_id ?? ""} scope="col" dir="auto">
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {ids.map((id) => (
              <CheckRow
                key={id}
                steps={section.steps.filter((step) => step.id === id)}
                columns={columns}
                slug={slug}
              />
            ))}
          </Table.Tbody>
        </Table>
      </section>
    </Panel>
  );
}

function CheckRow(props: {
  readonly steps: readonly GuideStep[];
  readonly columns: readonly { readonly user_id: string | null; readonly name: string }[];
  readonly slug: string;
}) {
  const title = props.steps[0]?.title ?? "";
  return (
    <Table.Tr>
      <Table.Th scope="row">{title}</Table.Th>
      {props.columns.map(({ user_id, name }) => {
        const step = props.steps.find((one) => one.user_id === user_id);
        return (
          <Table.Td key={user_id ?? ""} className="check-cell">
            {step === undefined ? null : <CheckCell step={step} slug={props.slug} who={name} />}
          </Table.Td>
        );
      })}
    </Table.Tr>
  );
}

function CheckCell({ step, slug, who }: { step: GuideStep; slug: string; who: string }) {
  return (
    <div className="stack">
      <span className="row">
        {step.kind === "tick" ? (
          <TickBox step={step} slug={slug} label={SETUP.tickOf(step.title, who)} hidden />
        ) : null}
        <StepBadge step={step} />
      </span>
      <span className="small" dir="auto">
        {step.sentence}
      </span>
      <span className="row small quiet">
        {step.at === null ? null : <When at={step.at} />}
        <Evidence step={step} />
      </span>
    </div>
  );
}
