import { area } from "../area";

export const integrations = area({
  en: {
    title: "Integrations", lead: "Send events with an SDK you already have, and call the API with a key that may only what you grant it.",
    keys: "Keys", keysLead: "Write keys send events. API keys call the management API. A key is shown once, when it is made.",
    write: "Write key", secret: "API key", name: "Name", prefix: "Begins with", made: "Made", scopes: "May", state: "State", active: "Active", revoked: "Revoked", all: "everything its maker may", sendOnly: "send events",
    makeWrite: "New write key", makeSecret: "New API key", nameOf: "What is it for?", namePlaceholder: "Till of the Jing'an store", server: "Used on a server only", serverHint: "May also tell events of the ledgers, such as a coupon used at an outside till. Never put it in a page.",
    shownOnce: "Copy the key now", shownOnceHint: "Only its hash is kept; it cannot be shown again.", done: "I have copied it",
    revoke: "Revoke", revokeTitle: "Revoke “{name}”?", revokeHint: "Whatever uses it is refused within seconds. This cannot be undone.", revokedDone: "The key is revoked.", rotate: "Rotate",
    snippets: "Send events", snippetsLead: "The event API speaks Segment's protocol: point any of its SDKs at this address.", keyPlace: "YOUR_WRITE_KEY",
    node: "Segment Node", browser: "Segment browser", rudder: "RudderStack", curl: "curl", cloud: "CloudEvents", endpoint: "Event API", apiDocs: "API reference", redeem: "Redeem at the till",
    watch: "Watch them arrive", usedKey: "The key just made is filled in.",
    emptyTitle: "No key yet", empty: "Make a write key, paste a snippet into your shop, and events appear within a second.",
  },
  "zh-CN": {
    title: "集成", lead: "用你已有的 SDK 发送事件，用仅有所需权限的密钥调用 API。",
    keys: "密钥", keysLead: "写入密钥用于发送事件，API 密钥用于调用管理 API。密钥只在创建时显示一次。",
    write: "写入密钥", secret: "API 密钥", name: "名称", prefix: "开头", made: "创建时间", scopes: "权限", state: "状态", active: "有效", revoked: "已吊销", all: "创建者的全部权限", sendOnly: "发送事件",
    makeWrite: "新建写入密钥", makeSecret: "新建 API 密钥", nameOf: "用途", namePlaceholder: "静安店收银机", server: "仅在服务器上使用", serverHint: "还可上报账本事件，例如外部收银机核销了优惠券。切勿放进网页。",
    shownOnce: "请立即复制密钥", shownOnceHint: "系统只保存哈希，之后无法再次查看。", done: "我已复制",
    revoke: "吊销", revokeTitle: "吊销“{name}”？", revokeHint: "使用它的程序会在数秒内被拒绝，且无法撤销。", revokedDone: "密钥已吊销。", rotate: "轮换",
    snippets: "发送事件", snippetsLead: "事件 API 使用 Segment 协议：把它的任意 SDK 指向这个地址即可。", keyPlace: "YOUR_WRITE_KEY",
    node: "Segment Node", browser: "Segment 浏览器", rudder: "RudderStack", curl: "curl", cloud: "CloudEvents", endpoint: "事件 API", apiDocs: "API 文档", redeem: "收银核销",
    watch: "查看到达的事件", usedKey: "已填入刚创建的密钥。",
    emptyTitle: "还没有密钥", empty: "创建一个写入密钥，把代码片段贴进你的商城，事件一秒内就会出现。",
  },
});
