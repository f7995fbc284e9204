// The guide of one brokerage: its steps with what is proven of each, the verify tables, the checklists.
import { Progress } from "@mantine/core";
import { Link } from "wouter";
import type { Guide } from "../../../shared/console/guide.schema.ts";
import { PRACTICE_TENANT } from "../../../shared/console/sandbox.schema.ts";
import type { SettingsView } from "../../../shared/console/settings.schema.ts";
import { AgentSide } from "../agents/agent-side.tsx";
import { goTo, useParams } from "../kit/hash-route.ts";
import { Loaded } from "../kit/load-state.tsx";
import { noticeDone } from "../kit/notices.tsx";
import { RoomHead } from "../kit/panel.tsx";
import { Problem } from "../kit/problem.tsx";
import { SaveBar, UnsavedGuard } from "../kit/unsaved.tsx";
import { useRest } from "../kit/use-rest.ts";
import { FIELD, REHEARSE, SETUP } from "../texts/setup.ts";
import { AgentButtons } from "./agent-buttons.tsx";
import { CheckList } from "./check-list.tsx";
import { CheckTable } from "./check-table.tsx";
import { type GuideSection, GuideSectionPanel, stepKey } from "./guide-section.tsx";
import { RemoveBrokerage } from "./remove-brokerage.tsx";
import { SaveTrouble } from "./save-trouble.tsx";
import { saveForm } from "./step-here.tsx";
import { TrackSwitch } from "./track-switch.tsx";
import { type DraftForm, useDraft } from "./use-draft.ts";
import { useGuide } from "./use-guide.ts";

export function GuidePage({ slug, settings }: { readonly slug: string; readonly settings: SettingsView }) {
  const [params, change] = useParams();
  const open = params.step ?? null;
  const [, side = null] = useRest();
  const guide = useGuide(slug, open !== null);
  const form = useDraft(settings);
  const tenant = settings.tenants.find(({ domain_name }) => domain_name === slug);
  return (
    <>
      <RoomHead title={SETUP.guideTitle(slug)} {...(tenant ? { note: SETUP.tracks[tenant.track] } : {})}>
        {tenant ? <TrackSwitch slug={slug} track={tenant.track} revision={settings.revision} /> : null}
        <RemoveBrokerage slug={slug} revision={settings.revision} />
      </RoomHead>
      {slug === PRACTICE_TENANT ? (
        <Problem
          tone="none"
          cause={`${REHEARSE.mark}: ${REHEARSE.markText}`}
          action={{ label: REHEARSE.crm, to: "/setup?rehearse=1" }}
        />
      ) : null}
      <Loaded of={guide} lines={8}>
        {(data) => (
          <Sections
            guide={data}
            form={form}
            open={open}
            onOpen={(step) => change({ step })}
            onSide={(what) => goTo(sideRoute(slug, what, open))}
          />
        )}
      </Loaded>
      <SaveTrouble form={form} />
      <SaveBar
        changes={form.draft.size}
        saving={form.saving.busy}
        problem={form.faults.length > 0 ? FIELD.faults : null}
        onDiscard={form.discard}
        onSave={() => saveForm(form, () => noticeDone(SETUP.saved))}
      />
      <UnsavedGuard dirty={form.draft.size > 0} within={`/setup/${encodeURIComponent(slug)}`} />
      <AgentSide
        tenant={slug}
        settings={settings}
        opened={side}
        onClose={() => goTo(sideRoute(slug, null, open))}
      />
    </>
  );
}

/** The guide with a side panel or without; the open step stays open. */
function sideRoute(slug: string, side: string | null, step: string | null): string {
  const path = `/setup/${encodeURIComponent(slug)}${side === null ? "" : `/${side}`}`;
  return step === null ? path : `${path}?step=${encodeURIComponent(step)}`;
}

interface SectionsProps {
  readonly guide: Guide;
  readonly form: DraftForm;
  readonly open: string | null;
  readonly onOpen: (key: string | null) => void;
  readonly onSide: (what: string) => void;
}

function Sections({ guide, form, open, onOpen, onSide }: SectionsProps) {
  const order = guide.sections.filter(isStepper).flatMap(inOrder(guide));
  const after = (key: string): string | null => order[order.indexOf(key) + 1] ?? null;
  const { done, of } = guide.progress;
  return (
    <>
      <div className="row">
        <Progress
          className="guide-progress"
          value={of === 0 ? 0 : (100 * done) / of}
          aria-label={SETUP.title}
        />
        <span role="status">{SETUP.progress(done, of)}</span>
        <span className="grow" />
        <Link href="/setup?new=1">{SETUP.another}</Link>
        <Link href="/setup?rehearse=1">{SETUP.practice}</Link>
      </div>
      {guide.sections.map((section) => {
        const parts = { section, agents: guide.agents, slug: guide.tenant };
        if (section.layout === "table") return <CheckTable key={section.id} {...parts} />;
        if (!isStepper(section)) return <CheckList key={section.id} {...parts} />;
        return (
          <GuideSectionPanel
            key={section.id}
            {...parts}
            form={form}
            openKey={open}
            onOpen={onOpen}
            after={after}
          >
            {isAgents(section) ? <AgentButtons none={guide.agents.length === 0} onOpen={onSide} /> : null}
          </GuideSectionPanel>
        );
      })}
    </>
  );
}

/** A list with something to do in it is gone through like steps. */
const isStepper = ({ layout, steps }: GuideSection): boolean =>
  layout === "stepper" ||
  (layout === "list" &&
    steps.some(({ in_crm, copy, here }) => in_crm.length + copy.length + here.length > 0));

const isAgents = ({ id }: GuideSection): boolean => id === "A2" || id === "B2";

/** As shown: the brokerage's steps, then each agent's. */
const inOrder =
  (guide: Guide) =>
  ({ steps }: GuideSection): string[] =>
    [null, ...guide.agents.map(({ user_id }) => user_id)].flatMap((agent) =>
      steps.filter(({ user_id }) => user_id === agent).map(stepKey),
    );
