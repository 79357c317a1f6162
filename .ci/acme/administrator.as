;;	Lets the administrator work below the CSEBase as any originator is let: by the policy of the
;;	CSEBase. The label tells `await` that it is done.

@name administrator
@onStartup
@hidden

(update-resource "CAdmin" "cse-in/acpCreateRootResources"
	{ "m2m:acp": {
		"lbl": [ "administrator-admitted" ],
		"pv": {
			"acr": [
				{ "acor": [ "all" ], "acod": [ { "chty": [ 1, 26 ] } ], "acop": 1 },
				{ "acor": [ "CAdmin" ], "acop": 63 }
			]
		}
	}})
