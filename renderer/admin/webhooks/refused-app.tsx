// One kind of refusal: which app, whose, how often, the mistake and its remedy, and what was tried.
import type { RefusedEmbed } from "../../../shared/console/secret-doctor.schema.ts";
import { Problem } from "../kit/problem.tsx";
import { StateBadge } from "../kit/state-badge.tsx";
import { When } from "../kit/when.tsx";
import { SECRETS } from "../texts/webhooks.ts";
import { CandidateList, type ShownCandidate } from "./candidate-list.tsx";

export function RefusedApp({ refused }: { readonly refused: RefusedEmbed }) {
  return (
    <article className="refused-app">
      <div className="row">
        <h3>{SECRETS.app[refused.app]}</h3>
        <bdi>{refused.tenant ?? SECRETS.noTenant}</bdi>
        {refused.account_domain === null ? null : (
          <bdi className="quiet small">{SECRETS.account(refused.account_domain)}</bdi>
        )}
        <span className="grow" />
        {refused.solved ? (
          <StateBadge tone="ok" word={SECRETS.solved} />
        ) : (
          <StateBadge tone="bad" word={SECRETS.mistakes[refused.mistake]} />
        )}
      </div>
      <Problem
        tone={refused.solved ? "none" : "bad"}
        cause={refused.sentence}
        remedy={refused.solved ? null : refused.remedy}
        action={refused.solved ? null : refused.action}
      >
        <p className="small quiet">
          {SECRETS.times(refused.times)}, {SECRETS.last} <When at={refused.last_at} />
          {refused.times > 1 ? (
            <>
              , {SECRETS.first} <When at={refused.first_at} />
            </>
          ) : null}
        </p>
      </Problem>
      <CandidateList candidates={shownCandidates(refused)} />
    </article>
  );
}

/** What was tried; the one that would have fitted is added where it was none of them. */
function shownCandidates({ tried, fits }: RefusedEmbed): readonly ShownCandidate[] {
  const list: ShownCandidate[] = tried.map((candidate) =>
    candidate.name === fits?.name
      ? { ...candidate, tone: "ok", word: SECRETS.fitsHow(fits.how) }
      : candidate.set
        ? { ...candidate, tone: "bad", word: SECRETS.tried }
        : { ...candidate, tone: "none", word: SECRETS.notSet },
  );
  if (fits === null || tried.some(({ name }) => name === fits.name)) return list;
  return [
    ...list,
    { name: fits.name, label: fits.label, set: true, tone: "ok", word: SECRETS.fitsHow(fits.how) },
  ];
}
