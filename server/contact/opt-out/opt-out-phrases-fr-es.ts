// How people in Quebec and Spanish speakers say that they want no more; over plain sentences, without accents and apostrophes
// ("m'appelez" is "mappelez"). Read by recognize-opt-out.
import { compilePhrases, type WordClasses } from "./compile-phrases.ts";

const FRENCH: WordClasses = {
  me: "me|nous",
  doing: `(?:m|n)?(?:ecrire|texter|appeler|contacter|envoyer|harceler|deranger|spammer|solliciter|relancer|rappeler)`,
  do: `(?:m|n)?(?:ecrivez|ecris|textez|texte|appelez|appelle|contactez|contacte|envoyez|envoie|derangez|sollicitez|relancez|rappelez)`,
  nouns: "messages?|textos?|appels?|courriels?|sms|emails?|courriers?|pourriels?|publicites?|pub|spam",
  mine: "mon|ce|mes",
  number: "numero|numeros|nom|contact|courriel|adresse|coordonnees|donnees|telephone",
  list: `(?:votre|vos|cette|la|ta|ces|toutes vos) (?:listes?|contacts|base|base de donnees|envois|registres?|systeme)`,
};

export const STOP_FRENCH = compilePhrases(
  `ne (?:{me} )?{do} (?:\\S+ )?(?:plus|jamais)
  ne (?:{me} )?{do} pas$
  plus (?:jamais )?(?:{me} )?{doing}
  (?:arretez|arrete|arreter|cessez|cesse|cesser|stop) (?:de|d) (?:{me} )?{doing}
  (?:arretez|arrete|arreter|cessez|cesse|cesser|stop) (?:avec )?(?:les|ces|vos|tes|tous les|tous vos|cet|ce) …
    (?:{nouns})
  (?:retirez|enlevez|supprimez|effacez|otez|rayez|desinscrivez|desabonnez|retire|enleve|supprime|efface) …
    moi(?: (?:de|d) {list})?#
  (?:retirez|enlevez|supprimez|effacez|otez|rayez|retirer|enlever|supprimer|effacer|retire|enleve|supprime|…
    efface) (?:{mine}) (?:{number})
  (?:ne )?(?:veux|veut|voulons|souhaite|desire|voudrais) (?:plus|pas|ne plus) (?:recevoir|etre (?:contacte|…
    appele|sollicite|derange)e?|(?:de |vos |aucun )+(?:{nouns}))
  (?:me|m) (?:desabonner|desinscrire)
  (?:me|nous) (?:retirer|enlever|supprimer|effacer|rayer) (?:de|d) {list}
  (?:desabonne|desinscris|desabonnez|desinscrivez) (?:moi|me)
  je me (?:desabonne|desinscris)
  ^(?:svp )?(?:plus|pas|aucun) (?:de |d autres )*(?:{nouns})(?: svp| merci)*$
  (?:laissez|laisse|fichez|foutez|fous) (?:moi|nous) (?:tranquilles?|la paix)
  (?:retire|revoque|retirer|revoquer) mon consentement
  ^(?:desole |vous avez (?:le )?|cest (?:le )?)*mauvais numero$`,
  FRENCH,
);

const SPANISH: WordClasses = {
  do: `(?:llam|contact|mand|envi|text|molest|busqu|marqu)(?:e|en|es|eis)|escrib(?:a|an|as)|mensaje(?:e|en|es)
    text(?:ee|een|ees)`,
  doing: `(?:llamar|escribir|mandar|enviar|molestar|contactar|textear|acosar|marcar|fastidiar|mensajear)(?:me|nos)?`,
  nouns: "mensajes?|llamadas?|textos?|correos?|sms|emails?|nada|publicidad|spam|notificaciones",
  number: "numero|nombre|contacto|informacion|correo|telefono|celular|datos",
  list: "(?:su|sus|tu|la|esta|las|toda su) (?:listas?|base|base de datos|contactos|sistema|registros?)",
};

export const STOP_SPANISH = compilePhrases(
  `no (?:me|nos) (?:vuelv\\S+ a |sig\\S+ )?(?:{do})(?: \\S+){0,3}? (?:mas(?! tarde)|nunca|jamas)
  no (?:me|nos) (?:{do})(?: por favor)?#
  (?:no (?:me|nos) )?(?:no )?vuelv\\S+ a {doing}
  no (?:{do}|llame|llamen)(?: a)? (?:este|mi) (?:numero|telefono|celular)
  no (?:quiero|deseo|queremos|autorizo) (?:mas |que (?:me|nos) |recibir |sus )+(?:{nouns}|{do})
  no (?:quiero|deseo) (?:sus |mas )?(?:{nouns})#
  no mas (?:{nouns})
  ya no (?:me|nos) (?:{do})
  ^(?:ya )?(?:no mas|quiero cancelar|quiero salir)(?: por favor| gracias)*$
  (?:deja|deje|dejen|dejar|paren|pare|parar|basta|cesen) de {doing}
  (?:quit|sac|saqu|elimin|borr|remuev|retir)\\S{0,3}me(?: (?:de|del) {list})?#
  (?:quit|sac|elimin|borr|remuev|retir)\\S{0,3} mi (?:{number})
  (?:dar|den|de|da)me de baja
  (?:me )?(?:quiero|deseo|necesito) (?:dar(?:me)? de baja|desuscribir(?:me)?|cancelar (?:la |mi )?suscripcion)
  (?:cancelar|cancele|cancelen|cancela) (?:la |mi |los |estos |sus )*(?:suscripcion|mensajes|textos|llamadas)
  (?:dejame|dejenme|dejeme|dejanos|dejennos) (?:en paz|tranquil[oa]s?)
  (?:retiro|revoco|retirar|revocar) mi (?:consentimiento|permiso|autorizacion)
  ^(?:perdon |disculpe |lo siento |es |tiene (?:el )?|este es )*numero equivocado$`,
  SPANISH,
);
