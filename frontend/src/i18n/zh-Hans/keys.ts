import type { Part } from "../catalogue";
import type { keys as english } from "../en/keys";

/** 自定义按键与返回上一任务的文字。 */
export const keys: Part<typeof english> = {
  "keys.title": "按键",
  "keys.intro": "每个操作在评审页面上也都有对应的控件。",
  "keys.hand": "哪只手用鼠标",
  "keys.hand.right": "右手",
  "keys.hand.left": "左手",
  "keys.hand.rightHint": "字母键位于左手下方。",
  "keys.hand.leftHint": "字母键左右对调，位于右手下方；用数字小键盘评分。",
  "keys.single": "启用单键快捷键",
  "keys.singleHint":
    "关闭后，单独的字母、数字和符号键不起作用。Enter、方向键、带 Ctrl 或 Alt 的组合键以及所有控件仍然可用。",
  "keys.action": "操作",
  "keys.key": "按键",
  "keys.change": "更改",
  "keys.changeOf": "更改按键：{action}",
  "keys.press": "请按一个键",
  "keys.pressHint": "按 Esc 保持不变。",
  "keys.none": "无",
  "keys.fixed": "固定",
  "keys.reset": "重置",
  "keys.resetOf": "重置按键：{action}",
  "keys.resetAll": "重置所有按键",
  "keys.reserved": "{key} 由浏览器或系统使用。",
  "keys.taken": "{key} 已用于：{action}",
  "keys.singleOff": "{key} 是单键，而单键快捷键已关闭。",
  "keys.changed": "{action}：{key}",
};
