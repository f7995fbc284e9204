// What waits for a person: each with its remedy and the place where it is done.
import type { Need } from "../../../shared/console/home.schema.ts";
import { Empty } from "../kit/load-state.tsx";
import { Panel } from "../kit/panel.tsx";
import { Problem } from "../kit/problem.tsx";
import { When } from "../kit/when.tsx";
import { HOME } from "../texts/home.ts";

export function NeedsYou({ needs }: { readonly needs: readonly Need[] }) {
  return (
    <Panel title={HOME.needs} aside={needs.length > 0 ? <span className="count">{needs.length}</span> : null}>
      {needs.length === 0 ? (
        <Empty title={HOME.needsNone} text={HOME.needsNoneText} />
      ) : (
        <ul className="needs">
          {needs.map((need) => (
            <li key={need.id}>
              <Problem
                tone={need.severity === "error" ? "bad" : need.severity === "warn" ? "wait" : "none"}
                cause={need.sentence}
                remedy={need.remedy}
                action={need.action}
              >
                {need.tenant !== null || need.evidence?.at ? (
                  <p className="small quiet">
                    <bdi>{need.tenant}</bdi>
                    {need.tenant !== null && need.evidence?.at ? " · " : null}
                    {need.evidence?.at ? <When at={need.evidence.at} /> : null}
                  </p>
                ) : null}
              </Problem>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
