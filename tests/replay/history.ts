import proto from "@temporalio/proto";

const { History } = proto.temporal.api.history.v1;
type History = proto.temporal.api.history.v1.IHistory;

/** A history as JSON; payloads in base64. (The SDK's own functions fail where npm keeps several copies of protobufjs.) */
export const toJson = (history: History): Record<string, unknown> =>
  History.toObject(History.fromObject(history), { longs: String, enums: String, bytes: String });

export const fromJson = (json: Record<string, unknown>): History => History.fromObject(json);
