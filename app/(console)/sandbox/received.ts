/** A message as the sandbox shows it, over GET /sandbox/messages. */
export type Received = {
  id: string;
  channel: "sms" | "email" | "push";
  to: string;
  from: string;
  at: string;
  member: string;
  memberName: string | null;
  key?: string;
  subject?: string;
  text?: string;
  html?: string;
  title?: string;
  body?: string;
  url?: string;
  status?: string;
};
