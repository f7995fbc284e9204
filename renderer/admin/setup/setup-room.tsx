// Setup: the guide of a brokerage, a new brokerage, or practising with a pretend Follow Up Boss.
import { useEffect, useRef } from "react";
import { Link } from "wouter";
import { PRACTICE_TENANT } from "../../../shared/console/sandbox.schema.ts";
import { type SettingsView, settingsViewSchema } from "../../../shared/console/settings.schema.ts";
import { goTo, useParams } from "../kit/hash-route.ts";
import { Empty, Loaded } from "../kit/load-state.tsx";
import { RoomHead } from "../kit/panel.tsx";
import { useRead } from "../kit/use-read.ts";
import { useRest } from "../kit/use-rest.ts";
import { useTenant } from "../shell/tenant.tsx";
import { SETUP } from "../texts/setup.ts";
import { GuidePage } from "./guide-page.tsx";
import { NewBrokerage } from "./new-brokerage.tsx";
import { RehearsePage } from "./rehearse-page.tsx";

/** "/setup" the chosen brokerage, "/setup/<slug>" that one, "/setup?new=1", "/setup?rehearse=1". */
export function SetupRoom() {
  const settings = useRead("/settings", settingsViewSchema);
  const [named] = useRest();
  const [params] = useParams();
  const { tenant } = useTenant();
  const before = useRef(tenant);
  useEffect(() => {
    const chosen = before.current !== tenant && tenant !== null;
    before.current = tenant;
    if (chosen && named !== undefined && named !== tenant) goTo(`/setup/${encodeURIComponent(tenant)}`);
  }, [tenant, named]);
  return (
    <Loaded of={settings}>
      {(data) => {
        const slugs = data.tenants.map(({ domain_name }) => domain_name);
        const slug = named ?? tenant ?? slugs[0];
        if (params.rehearse !== undefined || (slug === PRACTICE_TENANT && !slugs.includes(slug))) {
          return <RehearsePage />;
        }
        if (params.new !== undefined || slug === undefined) return <NewBrokerage settings={data} />;
        if (!slugs.includes(slug)) return <Gone slug={slug} settings={data} />;
        return <GuidePage key={slug} slug={slug} settings={data} />;
      }}
    </Loaded>
  );
}

function Gone({ slug, settings }: { readonly slug: string; readonly settings: SettingsView }) {
  return (
    <>
      <RoomHead title={SETUP.title} />
      <Empty title={SETUP.gone(slug)} text={SETUP.goneText}>
        {settings.tenants.map(({ domain_name }) => (
          <Link key={domain_name} href={`/setup/${encodeURIComponent(domain_name)}`}>
            {domain_name}
          </Link>
        ))}
        <Link href="/setup?new=1">{SETUP.another}</Link>
      </Empty>
    </>
  );
}
