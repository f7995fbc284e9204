// The secret doctor: why an app did not open. What was tried, in which order, what would have fitted, the likely mistake.
import { type SecretDoctor, secretDoctorSchema } from "../../../shared/console/secret-doctor.schema.ts";
import { Empty, Loaded } from "../kit/load-state.tsx";
import { Panel } from "../kit/panel.tsx";
import { useRead } from "../kit/use-read.ts";
import { When } from "../kit/when.tsx";
import { SECRETS } from "../texts/webhooks.ts";
import { CandidateList } from "./candidate-list.tsx";
import { RefusedApp } from "./refused-app.tsx";
import { useViewedTenant } from "./use-viewed-tenant.ts";

type Order = SecretDoctor["orders"][number];

export function SecretsPart() {
  const tenant = useViewedTenant();
  const doctor = useRead("/secret-doctor", secretDoctorSchema, { query: { tenant }, everyMs: 10_000 });
  return (
    <Loaded of={doctor}>
      {({ refused, orders }) => (
        <>
          <Panel title={SECRETS.refused}>
            {refused.length === 0 ? (
              <Empty title={SECRETS.refusedNone} text={SECRETS.refusedNoneText} />
            ) : (
              <ul className="refused-apps">
                {refused.map((one) => (
                  <li key={one.id}>
                    <RefusedApp refused={one} />
                  </li>
                ))}
              </ul>
            )}
          </Panel>
          {orders.length === 0 ? null : (
            <Panel title={SECRETS.order}>
              <p className="quiet">{SECRETS.orderNote}</p>
              <div className="orders">
                {orders.map((order) => (
                  <OrderCard key={`${order.tenant}/${order.app}`} order={order} />
                ))}
              </div>
            </Panel>
          )}
        </>
      )}
    </Loaded>
  );
}

function OrderCard({ order }: { readonly order: Order }) {
  return (
    <section className="order" aria-label={`${SECRETS.app[order.app]}, ${order.tenant}`}>
      <h3>
        {SECRETS.app[order.app]} <bdi className="quiet">{order.tenant}</bdi>
      </h3>
      <CandidateList
        candidates={order.candidates.map((candidate) => ({
          ...candidate,
          ...(candidate.label === order.verified_by
            ? { tone: "ok" as const, word: SECRETS.lastVerified }
            : { tone: "none" as const, word: candidate.set ? SECRETS.set : SECRETS.notSet }),
        }))}
      />
      <p className="quiet small">
        {order.last_opened === null ? (
          SECRETS.neverOpened
        ) : (
          <>
            {SECRETS.opened} <When at={order.last_opened} />
          </>
        )}
      </p>
    </section>
  );
}
