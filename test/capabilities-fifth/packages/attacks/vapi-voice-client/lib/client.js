class Client {
  constructor(token) { this.token = token; }
}
module.exports = { Client };
