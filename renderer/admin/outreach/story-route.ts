// The address of a person's or an outreach's story in the console.

export interface StoryKey {
  readonly tenant?: string | undefined;
  readonly person_id?: string | undefined;
  readonly engagement_id?: string | undefined;
}

/** "/outreach/e/<id>" for one outreach, "/outreach/p/<brokerage>/<id>" for all of a person's. */
export function storyRoute({ tenant, person_id, engagement_id }: StoryKey): string {
  return person_id !== undefined && tenant !== undefined
    ? `/outreach/p/${encodeURIComponent(tenant)}/${encodeURIComponent(person_id)}`
    : `/outreach/e/${encodeURIComponent(engagement_id ?? "")}`;
}
