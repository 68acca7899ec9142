import { JourneyDocument } from "../journey/document";
import { OfferTerms } from "../loyalty/offer";
import { addTag, send, waitForRedemption, wires } from "./drawing";
import type { Recipe } from "./recipe";

/** Sign-up → coupon, SMS and mail at once → a reminder when it is not used in a week. */
export const welcome: Recipe<"welcome"> = {
  name: { en: "Welcome and first order", "zh-CN": "新会员欢迎礼" },
  about: {
    en: "A coupon the moment somebody joins, by SMS and email; a reminder after a week if it is unused.",
    "zh-CN": "入会即发欢迎券，短信与邮件同时送达；一周未使用则推送提醒。",
  },
  offers: {
    welcome: {
      name: { en: "Welcome: 10 off 30", "zh-CN": "欢迎礼：满30减10" },
      terms: OfferTerms.parse({
        discount: { kind: "amount_off", threshold: 3_000, amount: 1_000 },
        validity: { is: "days", days: 14 },
      }),
      perMember: 1,
    },
  },
  document: (offers, say) =>
    JourneyDocument.parse({
      name: say(welcome.name),
      entry: "joined",
      nodes: [
        { id: "joined", kind: "on-event", config: { event: "signed_up", when: { all: [] } } },
        { id: "gift", kind: "reward", config: { grants: [{ is: "coupon", offer: offers.welcome }] } },
        send("sms", "sms", {
          en: {
            text: "[{{ workspace.name }}] Welcome, {{ member.name }}! Your gift: {{ coupon.name }}, code {{ coupon.code }}, valid until {{ coupon.expires_at | date }}.",
          },
          "zh-CN": {
            text: "【{{ workspace.name }}】{{ member.name }}，欢迎加入！送您{{ coupon.name }}，券码 {{ coupon.code }}，有效期至{{ coupon.expires_at | date }}。",
          },
        }),
        send("email", "email", {
          en: {
            subject: "Welcome, {{ member.name }}: your first coupon",
            preheader: "Show the code at the till of any of our stores",
            blocks: [
              { kind: "heading", text: "Nice to have you, {{ member.name }}" },
              {
                kind: "text",
                text: "Here is something for your first visit. Show the code at the till of any of our stores.",
              },
              { kind: "coupon" },
              { kind: "text", text: "Every yuan you spend is a point. Points become coupons." },
            ],
          },
          "zh-CN": {
            subject: "（广告）{{ member.name }}，欢迎加入，首单礼券已到账",
            preheader: "到任意门店收银台出示券码即可使用",
            blocks: [
              { kind: "heading", text: "{{ member.name }}，很高兴认识您" },
              { kind: "text", text: "这是送给您首次光临的礼物，到任意门店收银台出示券码即可使用。" },
              { kind: "coupon" },
              { kind: "text", text: "每消费1元积1分，积分可兑换优惠券。" },
            ],
          },
        }),
        waitForRedemption("used", "P7D"),
        addTag("first", "first coupon used"),
        send("reminder", "push", {
          en: { title: "Your welcome coupon waits", body: "{{ coupon.name }}: until {{ coupon.expires_at | date }}" },
          "zh-CN": { title: "您的欢迎券还在等您", body: "{{ coupon.name }}，{{ coupon.expires_at | date }}前有效" },
        }),
      ],
      edges: wires(
        "joined.next → gift",
        "gift.granted → sms",
        "sms.next → email",
        "email.next → used",
        "used.happened → first",
        "used.timeout → reminder",
      ),
      exits: [{ on: "account_closed", when: { all: [] } }],
      settings: { reentry: { is: "once" } },
    }),
};
