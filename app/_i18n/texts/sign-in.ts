import { area } from "../area";

export const signIn = area({
  en: {
    title: "Sign in",
    lead: "Campaigns that react the moment a member does something.",
    email: "Email",
    password: "Password",
    submit: "Sign in",
    wrong: "Email or password is not right.",
    tooMany: "Too many attempts. Wait a minute, then try again.",
    demoTitle: "This is the demo of {workspace}",
    demoWhere: "The password was printed when the server started, and stands in {file} in the data folder.",
    demoUse: "Use {email}",
    enterDemo: "Enter demo",
  },
  "zh-CN": {
    title: "登录",
    lead: "会员有所行动，营销即刻响应。",
    email: "邮箱",
    password: "密码",
    submit: "登录",
    wrong: "邮箱或密码不正确。",
    tooMany: "尝试次数过多，请一分钟后再试。",
    demoTitle: "这是{workspace}的演示",
    demoWhere: "密码在服务启动时打印，也保存在数据目录的 {file} 中。",
    demoUse: "使用 {email}",
    enterDemo: "进入演示",
  },
});
