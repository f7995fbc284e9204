// One address webhooks are forwarded to: how it does, and what can be done with it.
import { useState } from "react";
import { z } from "zod";
import { type TargetHealth, targetSecretSchema, targetTestSchema } from "../../../shared/fan-out.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { ConfirmDialog } from "../kit/confirm-name.tsx";
import { Facts } from "../kit/facts.tsx";
import { noticeDone, noticeFailed } from "../kit/notices.tsx";
import { Failure, Problem } from "../kit/problem.tsx";
import { StateBadge, type Tone } from "../kit/state-badge.tsx";
import { useChange } from "../kit/use-read.ts";
import { When } from "../kit/when.tsx";
import { FORWARDING } from "../texts/forwarding.ts";
import { KIT } from "../texts/kit.ts";
import { RetryDead } from "./retry-dead.tsx";

const TOUCHES = ["/fan-out", "/fan-out-attempts", "/settings"];
const droppedSchema = z.object({ dropped: z.number() });

interface CardProps {
  readonly target: TargetHealth;
  readonly onEdit: () => void;
  readonly onSecret: (secret: string) => void;
}

export function TargetCard({ target, onEdit, onSecret }: CardProps) {
  const test = useChange(targetTestSchema, ["/fan-out"]);
  const path = `/fan-out/${encodeURIComponent(target.domain_name)}/${encodeURIComponent(target.id)}`;
  return (
    <article className="target">
      <div className="row">
        <h3>{target.id}</h3>
        <bdi className="quiet">{target.domain_name}</bdi>
        <span className="grow" />
        <StateBadge {...healthOf(target)} />
      </div>
      <code dir="ltr">{target.url}</code>
      <p className="quiet small">
        {FORWARDING.events}: {target.events.includes("*") ? FORWARDING.allEvents : target.events.join(", ")}
      </p>
      {target.last_failure !== null && failedLast(target) ? <Problem cause={target.last_failure} /> : null}
      <Facts rows={factsOf(target)} />
      <div role="status">
        {test.data === undefined ? null : (
          <Problem tone={test.data.delivered ? "none" : "bad"} cause={test.data.sentence} />
        )}
      </div>
      {test.error === null ? null : <Failure error={test.error} />}
      <div className="row">
        <ChangeButton
          size="xs"
          variant="default"
          loading={test.isPending}
          onClick={() => test.mutate({ path: `${path}/test`, timeoutMs: 40_000 })}
        >
          {FORWARDING.test}
        </ChangeButton>
        <ChangeButton size="xs" variant="default" onClick={onEdit}>
          {FORWARDING.edit}
        </ChangeButton>
        <RotateSecret path={path} id={target.id} onSecret={onSecret} />
        <RetryDead target={target} />
        <RemoveTarget path={path} id={target.id} />
      </div>
    </article>
  );
}

const failedLast = ({ last_failure_at: bad, last_success_at: good }: TargetHealth): boolean =>
  bad !== null && (good === null || Date.parse(bad) > Date.parse(good));

function healthOf(target: TargetHealth): { readonly tone: Tone; readonly word: string } {
  if (!target.enabled) return { tone: "wait", word: FORWARDING.off };
  if (failedLast(target)) return { tone: "bad", word: FORWARDING.failing };
  return target.last_success_at === null
    ? { tone: "none", word: FORWARDING.fresh }
    : { tone: "ok", word: FORWARDING.working };
}

const factsOf = (target: TargetHealth) =>
  [
    [FORWARDING.lastGood, <When key="g" at={target.last_success_at} />],
    [FORWARDING.lastBad, <When key="b" at={target.last_failure_at} />],
    [FORWARDING.waiting, String(target.waiting)],
    [FORWARDING.dead, String(target.dead)],
    [
      FORWARDING.secretSince,
      target.secret_set_at === null ? KIT.none : <When key="s" at={target.secret_set_at} />,
    ],
    ...(target.old_secret_until === null
      ? []
      : [[FORWARDING.oldSecret, <When key="o" at={target.old_secret_until} exact />] as const]),
  ] as const;

function RotateSecret({
  path,
  id,
  onSecret,
}: {
  readonly path: string;
  readonly id: string;
  readonly onSecret: (secret: string) => void;
}) {
  const [asking, setAsking] = useState(false);
  const rotate = useChange(targetSecretSchema, ["/fan-out"]);
  const act = (): void => {
    setAsking(false);
    rotate.mutate(
      { path: `${path}/rotate` },
      {
        onSuccess: ({ secret }) => {
          onSecret(secret);
          rotate.reset();
        },
        onError: noticeFailed,
      },
    );
  };
  return (
    <>
      <ChangeButton size="xs" variant="default" loading={rotate.isPending} onClick={() => setAsking(true)}>
        {FORWARDING.rotate}
      </ChangeButton>
      <ConfirmDialog
        opened={asking}
        title={FORWARDING.rotateTitle(id)}
        text={FORWARDING.rotateText}
        name={null}
        act={FORWARDING.rotateAct}
        onConfirm={act}
        onClose={() => setAsking(false)}
      />
    </>
  );
}

function RemoveTarget({ path, id }: { readonly path: string; readonly id: string }) {
  const [asking, setAsking] = useState(false);
  const remove = useChange(droppedSchema, TOUCHES);
  const act = (): void => {
    setAsking(false);
    remove.mutate(
      { path: `${path}/remove` },
      { onSuccess: ({ dropped }) => noticeDone(FORWARDING.removed(dropped)), onError: noticeFailed },
    );
  };
  return (
    <>
      <ChangeButton
        size="xs"
        variant="subtle"
        color="red"
        loading={remove.isPending}
        onClick={() => setAsking(true)}
      >
        {FORWARDING.remove}
      </ChangeButton>
      <ConfirmDialog
        opened={asking}
        title={FORWARDING.removeTitle(id)}
        text={FORWARDING.removeText}
        name={id}
        act={FORWARDING.remove}
        onConfirm={act}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
