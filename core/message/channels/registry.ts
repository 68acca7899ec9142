import type { Channel, ChannelKind } from "../channel";
import type { Content } from "../content";
import { email } from "./email";
import { push } from "./push";
import { sms } from "./sms";

export const channels = { sms, email, push } satisfies { [K in ChannelKind]: Channel<K, Content[K]> };
