// The parts of a room as links below its head; each has a route of its own, so it can be linked to and gone back to.
import { Link } from "wouter";
import { sayNumber } from "../../ui/say-count.ts";

export interface Section {
  readonly id: string;
  readonly label: string;
  readonly to: string;
  /** Shown beside the label when above 0. */
  readonly count?: number;
}

export function SectionLinks({
  label,
  sections,
  at,
}: {
  readonly label: string;
  readonly sections: readonly Section[];
  /** Id of the part that is shown. */
  readonly at: string;
}) {
  return (
    <nav className="section-links" aria-label={label}>
      <ul>
        {sections.map((section) => (
          <li key={section.id}>
            <Link href={section.to} {...(section.id === at ? { "aria-current": "page" as const } : {})}>
              {section.label}
              {section.count ? <span className="count">{sayNumber(section.count)}</span> : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
