// One forwarded event in full, and sending it again.
import type { Forward } from "../../../shared/fan-out.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { Facts } from "../kit/facts.tsx";
import { Id } from "../kit/id.tsx";
import { noticeDone, noticeFailed } from "../kit/notices.tsx";
import { StateBadge, type Tone } from "../kit/state-badge.tsx";
import { useChange } from "../kit/use-read.ts";
import { When } from "../kit/when.tsx";
import { FORWARDING } from "../texts/forwarding.ts";
import { KIT } from "../texts/kit.ts";
import { WEBHOOKS } from "../texts/webhooks.ts";
import { replayedSchema } from "./retry-dead.tsx";
import { deliveryRoute } from "./webhook-routes.ts";

const words = FORWARDING.fields;
export const FORWARD_TONES = { waiting: "run", delivered: "ok", dead: "bad" } as const satisfies Readonly<
  Record<Forward["state"], Tone>
>;

export function ForwardDetail({ forward }: { readonly forward: Forward }) {
  const retry = useChange(replayedSchema, ["/fan-out", "/fan-out-attempts"]);
  const act = (): void =>
    retry.mutate(
      { path: "/fan-out-attempts/replay", body: { ids: [forward.id] } },
      { onSuccess: ({ replayed }) => noticeDone(FORWARDING.retried(replayed)), onError: noticeFailed },
    );
  return (
    <>
      <div className="stack">
        <StateBadge tone={FORWARD_TONES[forward.state]} word={FORWARDING.states[forward.state]} />
        <p className="entry-message" dir="auto">
          {forward.result ?? FORWARDING.states[forward.state]}
        </p>
        <ChangeButton
          size="xs"
          loading={retry.isPending}
          disabled={forward.state === "waiting"}
          onClick={act}
        >
          {FORWARDING.retry}
        </ChangeButton>
      </div>
      <Facts
        rows={[
          [words.target, forward.target],
          [WEBHOOKS.fields.tenant, forward.domain_name],
          [words.event, <code key="e">{forward.event}</code>],
          [words.status, forward.status === null ? KIT.none : String(forward.status)],
          [words.tries, String(forward.tries)],
          [words.queued, <When key="q" at={forward.created_at} exact />],
          [words.tried, <When key="t" at={forward.tried_at} exact />],
          [words.next, forward.next_at === null ? KIT.none : <When key="n" at={forward.next_at} exact />],
          [words.replays, forward.replays === 0 ? KIT.never : WEBHOOKS.fields.times(forward.replays)],
          [words.message, <Id key="m" value={forward.message_id} what={words.message} />],
          [
            words.delivery,
            <a key="d" href={`#${deliveryRoute(forward.delivery_id)}`}>
              {FORWARDING.show}
            </a>,
          ],
        ]}
      />
    </>
  );
}
