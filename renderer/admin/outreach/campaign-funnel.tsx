// From the list to the outcome, each bar a part of the one above; and why people were left out.
import type { CampaignDetail } from "../../../shared/console/campaigns.schema.ts";
import { sayNumber, sayPercent } from "../../ui/say-count.ts";
import { CAMPAIGN } from "../texts/outreach.ts";

export function CampaignFunnel({
  funnel,
  leftOut,
}: {
  readonly funnel: CampaignDetail["funnel"];
  readonly leftOut: CampaignDetail["left_out"];
}) {
  const whole = funnel[0]?.n ?? 0;
  return (
    <section aria-label={CAMPAIGN.funnel}>
      <h3>{CAMPAIGN.funnel}</h3>
      <ul className="funnel">
        {funnel.map(({ id, label, n }) => (
          <li key={id}>
            <span className="funnel-label">{label}</span>
            <span className="funnel-track">
              <span
                className={`funnel-bar funnel-${id}`}
                style={{ width: whole === 0 ? 0 : `${(n / whole) * 100}%` }}
              />
            </span>
            <span className="tabular">
              <b>{sayNumber(n)}</b> <span className="quiet">{sayPercent(n, whole)}</span>
            </span>
          </li>
        ))}
      </ul>
      <h4 className="story-day">{CAMPAIGN.leftOut}</h4>
      {leftOut.length === 0 ? (
        <p className="quiet">{CAMPAIGN.leftOutNone}</p>
      ) : (
        <ul className="left-out">
          {leftOut.map(({ reason, label, n }) => (
            <li key={reason}>
              <b className="tabular">{sayNumber(n)}</b> {label}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
