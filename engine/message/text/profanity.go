package text

// Profanity is the built-in list of words that the profanity filter keeps out:
// few and unmistakable ones in the languages of the product. The caller owns
// the list.
func Profanity() []string {
	return []string{
		"asshole", "bastard", "bitch", "bullshit", "cunt", "dickhead", "faggot", "fuck", "fucked", "fucker", "fucking",
		"motherfucker", "nigger", "prick", "retard", "shit", "shitty", "slut", "twat", "wanker", "whore", // English
		"arschloch", "fick dich", "ficken", "fotze", "hurensohn", "missgeburt", "scheisse", "scheiße", "schlampe", "wichser", // German
		"cabrón", "gilipollas", "hijo de puta", "joder", "maricón", "mierda", "pendejo", "puta", // Spanish
		"bordel de merde", "connard", "connasse", "enculé", "fils de pute", "merde", "putain", "salope", // French
		"caralho", "filho da puta", "foda-se", "porra", // Portuguese
		"cazzo", "stronzo", "vaffanculo", // Italian
		"قحبة", "كس امك", "شرموطة", // Arabic
		"くそったれ", "死ね", // Japanese
		"блядь", "сука", "хуй", "пизда", // Russian
	}
}
