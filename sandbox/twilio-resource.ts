import type { SmsReceived } from "./received";

/** A message as Twilio's API shows it: no callback address, no validity, dates by RFC 2822. */
export function resource(accountSid: string, message: SmsReceived): Record<string, unknown> {
  const at = new Date(message.at).toUTCString().replace("GMT", "+0000");
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}`;
  const isService = message.from.startsWith("MG");
  return {
    account_sid: accountSid,
    api_version: "2010-04-01",
    body: message.text,
    date_created: at,
    date_updated: at,
    date_sent: message.status === "queued" ? null : at,
    direction: "outbound-api",
    error_code: message.errorCode ?? null,
    error_message: null,
    from: isService ? null : message.from,
    messaging_service_sid: isService ? message.from : null,
    num_media: "0",
    num_segments: String(parts(message.text)),
    price: null,
    price_unit: "USD",
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${uri}/Media.json` },
    tags: null,
    to: message.to,
    uri: `${uri}.json`,
  };
}

/** One page of the list, newest first, filtered by To and From. */
export function listPage(accountSid: string, url: URL, newestFirst: SmsReceived[]): Record<string, unknown> {
  const asked = (name: string) => url.searchParams.get(name);
  const size = Math.min(1000, Math.max(1, Number(asked("PageSize") ?? 50)));
  const page = Math.max(0, Number(asked("Page") ?? 0));
  const found = newestFirst.filter(({ to, from }) => (asked("To") ?? to) === to && (asked("From") ?? from) === from);
  const uri = (at: number) => {
    const params = new URLSearchParams(url.searchParams);
    params.set("Page", String(at));
    return `${url.pathname}?${params}`;
  };
  const shown = found.slice(page * size, (page + 1) * size);
  return {
    messages: shown.map((message) => resource(accountSid, message)),
    page,
    page_size: size,
    start: page * size,
    end: page * size + Math.max(0, shown.length - 1),
    first_page_uri: uri(0),
    previous_page_uri: page > 0 ? uri(page - 1) : null,
    next_page_uri: (page + 1) * size < found.length ? uri(page + 1) : null,
    uri: uri(page),
  };
}

/** Twilio bills by segments; ASCII against everything else is near enough for a sandbox. */
function parts(text: string): number {
  const [alone, joined] = /^[\x20-\x7e\n\r]*$/.test(text) ? [160, 153] : [70, 67];
  return text.length <= alone ? 1 : Math.ceil(text.length / joined);
}
