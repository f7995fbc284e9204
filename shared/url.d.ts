// The one web global shared code uses; both sides have it, the bare ES library does not name it.
declare class URL {
  constructor(url: string, base?: string);
  static canParse(url: string): boolean;
  readonly protocol: string;
  readonly hostname: string;
  readonly username: string;
  readonly search: string;
  readonly hash: string;
  readonly pathname: string;
}
