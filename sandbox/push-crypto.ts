import { createDecipheriv, createECDH, createPublicKey, hkdfSync, verify } from "node:crypto";

export type PushKeys = { publicKey: string; privateKey: string; auth: string };

/** Opens a message as a browser does: RFC 8291 over one aes128gcm record of RFC 8188. Throws when it was not made for these keys. */
export function decrypt(body: Buffer, keys: PushKeys): string {
  const salt = body.subarray(0, 16);
  const recordSize = body.readUInt32BE(16);
  const idLength = body.readUInt8(20);
  const senderKey = body.subarray(21, 21 + idLength);
  const record = body.subarray(21 + idLength);
  if (recordSize < 18 || record.length > recordSize) throw new Error("more than one record");

  const receiver = createECDH("prime256v1");
  receiver.setPrivateKey(Buffer.from(keys.privateKey, "base64url"));
  const shared = receiver.computeSecret(senderKey);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), Buffer.from(keys.publicKey, "base64url"), senderKey]);
  const ikm = Buffer.from(hkdfSync("sha256", shared, Buffer.from(keys.auth, "base64url"), info, 32));
  const key = Buffer.from(hkdfSync("sha256", ikm, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16));
  const nonce = Buffer.from(hkdfSync("sha256", ikm, salt, Buffer.from("Content-Encoding: nonce\0"), 12));

  const cipher = createDecipheriv("aes-128-gcm", key, nonce);
  cipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()]);
  // Padding is zeros after a 2, the mark of the last record.
  const end = padded.lastIndexOf(2);
  if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error("bad padding");
  return padded.subarray(0, end).toString("utf8");
}

/** Whether an Authorization header is valid VAPID (RFC 8292) for this origin; the sender's public key if so. */
export function vapidKey(header: string | undefined, origin: string, now: Date): string | undefined {
  const parts = /^vapid\s+t=([^,\s]+)\s*,\s*k=([^,\s]+)$/i.exec(header ?? "");
  const [token, key] = [parts?.[1], parts?.[2]];
  if (token === undefined || key === undefined) return undefined;
  try {
    const [head, claims, signature] = token.split(".");
    const { aud, exp, sub }: Record<string, unknown> = JSON.parse(Buffer.from(claims ?? "", "base64url").toString());
    const seconds = now.getTime() / 1000;
    if (aud !== origin || typeof exp !== "number" || exp < seconds || exp > seconds + 86_400 || typeof sub !== "string")
      return undefined;
    const point = Buffer.from(key, "base64url");
    if (point.length !== 65) return undefined;
    const publicKey = createPublicKey({
      format: "jwk",
      key: {
        kty: "EC",
        crv: "P-256",
        x: point.subarray(1, 33).toString("base64url"),
        y: point.subarray(33).toString("base64url"),
      },
    });
    const isTrue = verify(
      "sha256",
      Buffer.from(`${head}.${claims}`),
      { key: publicKey, dsaEncoding: "ieee-p1363" },
      Buffer.from(signature ?? "", "base64url"),
    );
    return isTrue ? key : undefined;
  } catch {
    return undefined;
  }
}
