import { inWords, type Question } from "@/core/journey/parts/survey";
import type { Locale } from "@/core/text";
import type { Asked } from "@/services/tasks/answer";
import { inHtml, page } from "./page";

const STYLE = `
main{width:min(100%,30rem);box-sizing:border-box}form{display:grid;gap:1.5rem}
fieldset{border:0;margin:0;padding:0;display:grid;gap:.5rem}legend,label.q{font-weight:600;padding:0;margin-bottom:.5rem;display:block}
.way{display:flex;align-items:center;gap:.6rem;padding:.75rem 1rem;border:1px solid #8884;border-radius:.6rem;cursor:pointer}
.way:has(:checked){border-color:#1f6f50;background:#1f6f5014}.way:focus-within{outline:3px solid #1f6f5080}
.scores{display:flex;flex-wrap:wrap;gap:.5rem}.scores .way{flex:1;min-width:2.6rem;justify-content:center;padding:.75rem .25rem}
textarea{font:inherit;width:100%;box-sizing:border-box;min-height:6rem;padding:.75rem;border:1px solid #8884;border-radius:.6rem;background:Field;color:FieldText}
.bad{color:#b3261e;margin:0;opacity:1}input{accent-color:#1f6f50;width:1.1rem;height:1.1rem}
`;

type Again = { given: Record<string, unknown>; missing: string | number | undefined };

/** The questions as a form. `again`: it came back incomplete; what was filled in stays, and what is missing says so. */
export function surveyPage({ workspaceName, title, questions }: Asked, locale: Locale, again?: Again): string {
  const send = { en: "Send", "zh-CN": "提交" }[locale];
  const fields = questions.map((question) => field(question, locale, again)).join("");
  return page(
    locale,
    title,
    `<p>${inHtml(workspaceName)}</p><form method="post">${fields}<button>${send}</button></form>`,
    STYLE,
  );
}

function field(question: Question, locale: Locale, again: Again | undefined): string {
  const { id } = question;
  const text = inHtml(inWords(question.text, locale));
  const given = String(again?.given[id] ?? "");
  const bad =
    again?.missing === id
      ? `<p class="bad" role="alert">${{ en: "Please choose an answer.", "zh-CN": "请选择一个答案。" }[locale]}</p>`
      : "";
  const way = (value: string, label: string): string =>
    `<label class="way"><input type="radio" name="${id}" value="${value}" required${given === value ? " checked" : ""}>${label}</label>`;
  switch (question.is) {
    case "choice":
      return `<fieldset><legend>${text}</legend>${bad}${question.options
        .map((option) => way(option.id, inHtml(inWords(option.name, locale))))
        .join("")}</fieldset>`;
    case "score":
      return `<fieldset><legend>${text}</legend>${bad}<div class="scores">${Array.from(
        { length: question.most },
        (_, i) => way(String(i + 1), String(i + 1)),
      ).join("")}</div></fieldset>`;
    case "text":
      return `<div><label class="q" for="${id}">${text}</label><textarea id="${id}" name="${id}" maxlength="2000">${inHtml(given)}</textarea></div>`;
    default:
      return question satisfies never;
  }
}

export function answeredPage(workspaceName: string, locale: Locale): string {
  const t = {
    en: { title: "Thank you", text: `Your answers have reached ${workspaceName}. You may close this page.` },
    "zh-CN": { title: "谢谢", text: `${workspaceName} 已收到您的回答，您可以关闭此页面。` },
  }[locale];
  return page(locale, t.title, `<p>${inHtml(t.text)}</p>`);
}

export function overPage(locale: Locale): string {
  const t = {
    en: { title: "This survey is over", text: "It is closed, or the link was cut off. Thank you all the same." },
    "zh-CN": { title: "问卷已结束", text: "问卷已关闭，或链接不完整。感谢您的关注。" },
  }[locale];
  return page(locale, t.title, `<p>${inHtml(t.text)}</p>`);
}
