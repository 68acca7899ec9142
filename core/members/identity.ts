import parsePhoneNumber, { type CountryCode, isSupportedCountry } from "libphonenumber-js";

export const IDENTITY_KINDS = ["userId", "anonymousId", "phone", "email", "card", "openid", "push"] as const;
export type IdentityKind = (typeof IDENTITY_KINDS)[number];
export type Identity = { kind: IdentityKind; value: string };

const LONGEST = 255;
export const DEFAULT_REGION = "CN";

/** A phone as E.164 (+8613800138000); undefined when it is none. Without a country code it is read as one of the region. */
export function normalPhone(text: string, region: string = DEFAULT_REGION): string | undefined {
  const country: CountryCode = isSupportedCountry(region) ? region : DEFAULT_REGION;
  const phone = parsePhoneNumber(text.normalize("NFKC"), country);
  return phone?.isValid() ? phone.number : undefined;
}

/** An email in lower case, without letters that nobody sees; undefined when it is none. Local parts are case-sensitive on paper (RFC 5321) and nowhere else. */
export function normalEmail(text: string): string | undefined {
  const email = text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .trim()
    .toLowerCase();
  return email.length <= 254 && /^[^\s@<>()",;:\\]+@[^\s@<>()",;:\\.]+(\.[^\s@<>()",;:\\.]+)+$/.test(email)
    ? email
    : undefined;
}

/** An identity in the form it is stored and found by; undefined when the value cannot be one of its kind. */
export function normalIdentity(kind: IdentityKind, value: string, region?: string): Identity | undefined {
  const normal = kind === "phone" ? normalPhone(value, region) : kind === "email" ? normalEmail(value) : value.trim();
  const limit = kind === "push" ? 4_000 : LONGEST;
  return normal !== undefined && normal !== "" && normal.length <= limit ? { kind, value: normal } : undefined;
}
