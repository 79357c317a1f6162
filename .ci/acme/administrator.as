;;	Lets the administrator of this CSE work below the CSEBase as any originator would be let: by
;;	the policy of the CSEBase.

@name administrator
@onStartup
@hidden

(update-resource "CAdmin" "cse-in/acpCreateRootResources"
	{ "m2m:acp": {
		"pv": {
			"acr": [
				{ "acor": [ "all" ], "acod": [ { "chty": [ 1, 26 ] } ], "acop": 1 },
				{ "acor": [ "CAdmin" ], "acop": 63 }
			]
		}
	}})
(print "administrator admitted")
