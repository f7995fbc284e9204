// Support links that are open, and taking one back.
import type { SupportLink } from "../../../shared/console/support.schema.ts";
import { relativeTime } from "../../ui/relative-time.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { useNow, When } from "../kit/when.tsx";
import { SUPPORT } from "../texts/settings.ts";

const words = SUPPORT.columns;

export function LinkTable({
  links,
  onTake,
  busy,
}: {
  readonly links: readonly SupportLink[];
  readonly onTake: (id: string) => void;
  readonly busy: boolean;
}) {
  const now = useNow();
  return (
    <div className="grid-scroll">
      <table className="grid">
        <thead>
          <tr>
            {[words.made, words.until, words.used, words.act].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {links.map((link) => (
            <tr key={link.id}>
              <td>
                <When at={link.created_at} />
              </td>
              <td>
                <When at={link.until} exact />
              </td>
              <td>
                <When at={link.last_used_at} />
              </td>
              <td>
                <ChangeButton
                  size="compact-xs"
                  variant="default"
                  loading={busy}
                  onClick={() => onTake(link.id)}
                >
                  {SUPPORT.revoke}
                  <span className="sr-only">
                    {" "}
                    {SUPPORT.revokeOf(relativeTime(Date.parse(link.created_at), now))}
                  </span>
                </ChangeButton>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
