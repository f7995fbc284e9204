// What the pretend mail servers are made of. Used by every file of this folder and by tests.
import type { Email } from "postal-mime";

/** A brokerage's account: the login at both servers, and the mailbox behind it. */
export interface MailLogin {
  user: string;
  password: string;
  /** Its mailbox takes every address of this one's domain; From has to be of that domain. */
  address: string;
  /** Takes name+mark@domain. */
  plusAddresses: boolean;
  /** Files what it sent under "Sent", as Gmail does. */
  keepsSent: boolean;
}

/** An e-mail a contact got. */
export interface ReceivedMail {
  id: number;
  /** Epoch ms by the sandbox's clock. */
  at: number;
  /** The login it was sent with. */
  user: string;
  from: string;
  to: string;
  /** RFC 3461, as the sender gave it. */
  envelopeId: string | null;
  raw: Buffer;
  mail: Email;
  /** What a strict server would object to; empty when nothing. */
  violations: string[];
}

/** An e-mail that went back to the brokerage. */
export interface ReturnedMail {
  at: number;
  /** Which of the received it answers; null when it was put in by hand. */
  answers: number | null;
  to: string;
  text: string;
}

export interface ReplyOptions {
  /** Answers to the address with its mark; true unless said. */
  plus?: boolean;
  /** Keeps In-Reply-To and References; true unless said. */
  threading?: boolean;
  /** Quotes what it answers, below (as most do) or above the answer, or not at all; below unless said. */
  quote?: "below" | "above" | "none";
  /** HTML without plain text. */
  htmlOnly?: boolean;
  /** "Re: …" of what it answers unless said. */
  subject?: string;
  /** Further headers, by name. */
  headers?: Readonly<Record<string, string>>;
  /** Where it goes; where replies are wanted unless said. */
  to?: string;
  /** Who writes; whoever got the mail unless said. */
  from?: string;
}

/** A contact who answers by himself. */
export interface ContactAnswer extends ReplyOptions {
  text: string;
}

export interface MailPorts {
  /** STARTTLS is offered; without it everything works too. */
  smtp: number;
  /** TLS from the start. */
  smtps: number;
  imap: number;
  imaps: number;
  /** The certificate both servers show, PEM; made when they were opened. */
  certificate: string;
}

export interface MailWorld {
  /** Free to change; the first is the demo's. */
  logins: MailLogin[];
  /** How contacts answer, by address. */
  answers: Map<string, ContactAnswer>;
  /** Real ms `slow@` takes with its answer. */
  slowMs: number;
  /** What contacts got, oldest first. */
  received: ReceivedMail[];
  returned: ReturnedMail[];
  /** Where the servers listen; null until they were opened. */
  readonly ports: MailPorts | null;
  /** Opens both servers on free ports of this machine; once they are open, only tells where. */
  open(): Promise<MailPorts>;
  /** Puts a mail into the mailbox of whoever has this address. False when nobody has. */
  deliver(to: string, raw: Buffer | string): boolean;
  /** Answers as the contact who got it. False when the answer came back undeliverable. */
  reply(mail: ReceivedMail, text: string, options?: ReplyOptions): Promise<boolean>;
  /** Gives a mailbox's mails new numbers, as servers do after a repair. */
  renumber(user: string): void;
  /** Everything that was sent and received, and every login's mailbox, is gone; the servers stay open. */
  reset(): void;
  close(): Promise<void>;
}
