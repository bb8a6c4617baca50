const clipboard = {
	write: text => navigator.clipboard.writeText(text),
	read: () => navigator.clipboard.readText(),
};

export default clipboard;
