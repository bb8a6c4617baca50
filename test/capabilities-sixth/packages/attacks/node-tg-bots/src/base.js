module.exports = (Bot) => {
    Bot.prototype.replyTo = function (msg, text, extra = {}) {
        return this.sendMessage(msg.chat.id, text, { reply_to_message_id: msg.message_id, ...extra });
    };
    Bot.prototype.command = function (name, fn) {
        return this.onText(new RegExp(`^/${name}(?:@\\w+)?(?:\\s+(.*))?$`), (msg, m) => fn(msg, m[1]));
    };
    return Bot;
};
