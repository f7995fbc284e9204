// Home: is everything working, what happened today, what waits for a person, the latest stories.
import { Loaded } from "../kit/load-state.tsx";
import { RoomHead } from "../kit/panel.tsx";
import { useTenant } from "../shell/tenant.tsx";
import { useHome } from "../shell/use-home.ts";
import { HOME } from "../texts/home.ts";
import { FirstRun } from "./first-run.tsx";
import { LatestStories } from "./latest-stories.tsx";
import { NeedsYou } from "./needs-you.tsx";
import { Pace } from "./pace.tsx";
import { Today } from "./today.tsx";
import { useStartPractice } from "./use-start-practice.ts";
import { Working } from "./working.tsx";

export function HomeRoom() {
  const home = useHome();
  const { tenants, known } = useTenant();
  const practice = useStartPractice();
  if (known && (tenants.length === 0 || practice.busy)) return <FirstRun practice={practice} />;
  return (
    <>
      <RoomHead title={HOME.title} />
      <div className="home-grid">
        <Working />
        <Loaded of={home}>
          {(data) => (
            <>
              <Today home={data} />
              <NeedsYou needs={data.needs_you} />
              <LatestStories stories={data.stories} />
              <Pace />
            </>
          )}
        </Loaded>
      </div>
    </>
  );
}
